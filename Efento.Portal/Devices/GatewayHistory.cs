using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>How a gateway was over a time, as its messages tell.</summary>
public sealed record GatewayHistory
{
    /// <summary>The begin of the time.</summary>
    public required DateTimeOffset FromUtc { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ToUtc { get; init; }

    /// <summary>From when on something is known within it: later than its begin if the gateway was new then, or its messages are no longer kept. Null if nothing is.</summary>
    public DateTimeOffset? KnownFromUtc { get; init; }

    /// <summary>Its last message of any kind; null if none is known.</summary>
    public DateTimeOffset? LastMessageUtc { get; init; }

    /// <summary>What its heartbeats said, in the order received; the one before the time is among them.</summary>
    public required IReadOnlyList<HeartbeatWord> Heartbeats { get; init; }

    /// <summary>When nothing came from it although two heartbeats should have, within the time: in a maintenance, or for no reason the portal knows.</summary>
    public required IReadOnlyList<HistoryGap> Silences { get; init; }

    /// <summary>When it was found to have been restarted, within the time.</summary>
    public IEnumerable<HeartbeatWord> Restarts =>
        Heartbeats.Zip(Heartbeats.Skip(1), (before, after) => (Before: before, After: after))
            .Where(pair => pair.After.IsRestartAfter(pair.Before) && pair.After.AtMs >= FromUtc.ToUnixTimeMilliseconds())
            .Select(pair => pair.After);

    /// <summary>Whether a silence goes on.</summary>
    public bool IsOpen(HistoryGap silence) => LastMessageUtc?.ToUnixTimeMilliseconds() < silence.ToMs && silence.ToMs >= ToUtc.ToUnixTimeMilliseconds();

    /// <summary>The share of the known time it was heard in, 0 to 1; null if nothing is known. A maintenance counts as neither.</summary>
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

/// <summary>What a heartbeat said.</summary>
/// <param name="AtMs">When it was received, Unix ms.</param>
/// <param name="UptimeSeconds">How long the gateway had been running.</param>
/// <param name="Power">Its power status as sent.</param>
/// <param name="BatteryPercent">Its battery, 0 to 100 %.</param>
public readonly record struct HeartbeatWord(long AtMs, long? UptimeSeconds, string? Power, double? BatteryPercent)
{
    /// <summary>Whether the gateway was restarted between a heartbeat and this one.</summary>
    public bool IsRestartAfter(HeartbeatWord before) => GatewayState.IsRestart(before.UptimeSeconds, UptimeSeconds, TimeSpan.FromMilliseconds(AtMs - before.AtMs));
}
