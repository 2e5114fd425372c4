using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>The history of a gateway in a range of time, from its messages.</summary>
public sealed record GatewayHistory
{
    /// <summary>The begin of the range.</summary>
    public required DateTimeOffset FromUtc { get; init; }

    /// <summary>The end of the range.</summary>
    public required DateTimeOffset ToUtc { get; init; }

    /// <summary>
    /// The first time in the range from which something is known. It is later than the begin if the gateway was new, or if its messages are
    /// no longer kept. Null if nothing is known.
    /// </summary>
    public DateTimeOffset? KnownFromUtc { get; init; }

    /// <summary>Its last message of any kind; null if none is known.</summary>
    public DateTimeOffset? LastMessageUtc { get; init; }

    /// <summary>Its heartbeats in the order received, including the last one before the range.</summary>
    public required IReadOnlyList<HeartbeatWord> Heartbeats { get; init; }

    /// <summary>
    /// The times in the range in which nothing came although two heartbeats were due: during maintenance, or for a reason the portal does
    /// not know.
    /// </summary>
    public required IReadOnlyList<HistoryGap> Silences { get; init; }

    /// <summary>The heartbeats in the range that show a restart.</summary>
    public IEnumerable<HeartbeatWord> Restarts =>
        Heartbeats.Zip(Heartbeats.Skip(1), (before, after) => (Before: before, After: after))
            .Where(pair => pair.After.IsRestartAfter(pair.Before) && pair.After.AtMs >= FromUtc.ToUnixTimeMilliseconds())
            .Select(pair => pair.After);

    /// <summary>Whether a silence still lasts at the end of the range.</summary>
    public bool IsOpen(HistoryGap silence) =>
        LastMessageUtc?.ToUnixTimeMilliseconds() < silence.ToMs && silence.ToMs >= ToUtc.ToUnixTimeMilliseconds();

    /// <summary>
    /// The share of the known time in which it was heard, 0 to 1; null if nothing is known. Time under maintenance is not counted.
    /// </summary>
    public double? HeardShare
    {
        get
        {
            var known = KnownFromUtc is { } from ? (ToUtc - from).TotalMilliseconds : 0;
            var maintenance = Silences.Where(s => s.Cause is GapCause.Maintenance).Sum(s => s.ToMs - s.FromMs);
            var silent = Silences.Where(s => s.Cause is not GapCause.Maintenance).Sum(s => s.ToMs - s.FromMs);
            return known > maintenance ? 1 - (silent / (known - maintenance)) : null;
        }
    }
}

/// <summary>The content of a heartbeat.</summary>
/// <param name="AtMs">When it was received, Unix ms.</param>
/// <param name="UptimeSeconds">How long the gateway had been running.</param>
/// <param name="Power">Its power status as sent.</param>
/// <param name="BatteryPercent">Its battery, 0 to 100 %.</param>
public readonly record struct HeartbeatWord(long AtMs, long? UptimeSeconds, string? Power, double? BatteryPercent)
{
    /// <summary>Whether the gateway was restarted between a heartbeat and this one.</summary>
    public bool IsRestartAfter(HeartbeatWord before) =>
        GatewayState.IsRestart(before.UptimeSeconds, UptimeSeconds, TimeSpan.FromMilliseconds(AtMs - before.AtMs));
}
