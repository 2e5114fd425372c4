using System.Runtime.InteropServices;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Transactions;

namespace Efento.Portal.Ingest;

/// <summary>Computes the reply to a gateway for its loggers: Y or N for each handle.</summary>
internal static class ReplyFlags
{
    /// <summary>Each handle once. It is Y if one of its loggers is set to Y, or is unknown and not ignored.</summary>
    public static (long Handle, bool Synchronise)[] Of(
        IReadOnlyList<ResponseHandle> handles, KnownLoggers loggers, IReadOnlySet<string> ignored)
    {
        if (handles.Count == 0)
        {
            return [];
        }

        Dictionary<long, bool> flags = new(handles.Count);
        foreach (var handle in handles)
        {
            ref var flag = ref CollectionsMarshal.GetValueRefOrAddDefault(flags, handle.Value, out _);
            flag |= handle.Serial is null
                || (loggers.TryGet(handle.Serial, out var logger) ? logger.Synchronise : !ignored.Contains(handle.Serial));
        }

        return [.. flags.Select(f => (f.Key, f.Value))];
    }
}
