using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// Finds the times in which nothing came from a gateway although two heartbeats were due. From a message it jumps to the last message
/// within that patience. So the work depends on the length of the range, not on the number of messages.
/// </summary>
internal sealed class GatewaySilence(IEvidenceRows rows, ReceiptTimes receipts)
{
    /// <summary>The most steps of one search: a year of heartbeats every 15 minutes, or a month at the shortest interval.</summary>
    private const int MostSteps = 50_000;

    /// <summary>How long a gateway may be silent, in ms.</summary>
    public long PatienceMs(int gatewayId) => (long)GatewayState.PatienceWith(rows.HeartbeatInterval(gatewayId)).TotalMilliseconds;

    /// <summary>
    /// The time of a gateway's last message before a time (Unix ms), or else of its first one after it; null if it never sent any.
    /// </summary>
    public long? FirstKnownMs(int gatewayId, long fromMs) => FirstKnown(gatewayId, fromMs) is { } id ? receipts.ReceivedMs(id) : null;

    /// <summary>The time of a gateway's last message up to a time (Unix ms); null if none is known.</summary>
    public long? LastMs(int gatewayId, long untilMs) =>
        rows.LastMessage(gatewayId, receipts.First(untilMs + 1)) is > 0 and var id ? receipts.ReceivedMs(id) : null;

    /// <summary>
    /// The silences that overlap [<paramref name="fromMs"/>, <paramref name="toMs"/>). Each goes from the last message before it to the
    /// first one after it, or to <paramref name="nowMs"/>. Nothing is known about a gateway before its first message.
    /// </summary>
    public List<Stretch> Read(int gatewayId, long fromMs, long toMs, long nowMs)
    {
        List<Stretch> times = [];
        var patience = PatienceMs(gatewayId);
        var at = FirstKnown(gatewayId, fromMs);
        for (var step = 0; step < MostSteps && at is { } id && receipts.ReceivedMs(id) is var atMs && atMs < toMs; step++)
        {
            var last = rows.LastMessage(gatewayId, receipts.First(atMs + patience + 1));
            if (last > id)
            {
                at = last;
                continue;
            }

            at = rows.NextMessage(gatewayId, id);
            var untilMs = at is { } next ? receipts.ReceivedMs(next) : nowMs;
            if (untilMs - atMs > patience)
            {
                times.Add(new Stretch(atMs, untilMs));
            }
        }

        return times;
    }

    private long? FirstKnown(int gatewayId, long fromMs)
    {
        var first = receipts.First(fromMs);
        return rows.LastMessage(gatewayId, first) is > 0 and var before ? before : rows.NextMessage(gatewayId, first - 1);
    }
}
