namespace Efento.Portal.Ingest;

/// <summary>Why gateways are answered 503 now though nobody asked for it: a wrong clock, a full or locked disk, overload. Maintenance is none of it.</summary>
public sealed class IngestFaults(ServerClock clock, StoreHealth store, IngestQueue queue, BodyRoom room)
{
    /// <summary>The faults of this moment, each in a sentence or two of the language spoken; empty if all is well.</summary>
    public IReadOnlyList<string> Now => [.. ((string?[])[clock.Fault, store.Fault, queue.Fault, room.Fault]).OfType<string>()];
}
