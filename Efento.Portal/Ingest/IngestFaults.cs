using Efento.Portal.Ingest.Clock;

namespace Efento.Portal.Ingest;

/// <summary>
/// Why gateways are answered 503 at the moment: a wrong clock, a full or locked disk, overload. Maintenance is not included, because
/// somebody requested it.
/// </summary>
internal sealed class IngestFaults(ServerClock clock, StoreHealth store, IngestQueue queue, BodyRoom room)
{
    /// <summary>The present faults; empty if there are none.</summary>
    public IReadOnlyList<IngestFault> Now =>
        [.. ((IngestFault?[])[clock.Fault, store.Fault, queue.Fault, room.Fault]).OfType<IngestFault>()];
}
