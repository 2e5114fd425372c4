using Efento.Portal.Alarms.Evaluation;

namespace Efento.Portal.Tests.Alarms.Evaluation;

/// <summary>Conditions for tests; times are in minutes.</summary>
internal static class Conditions
{
    private const long MinuteMs = 60_000;

    /// <summary>A fridge: critical below 2 °C and above 8 °C.</summary>
    public static LimitsCondition Fridge(
        int delay = 0, double margin = 0, int? cumulativeIn = null, double? warnAbove = null, int warnAfter = 0) =>
        new(
            1,
            warnAbove is { } high ? (For(warnAfter), new Band(double.NegativeInfinity, high)) : null,
            (For(delay, cumulativeIn), new Band(2, 8)),
            margin);

    /// <summary>How long a condition has to hold.</summary>
    public static Patience For(int delay, int? cumulativeIn = null) => new(delay * MinuteMs, cumulativeIn * MinuteMs);

    /// <summary>A value that must not change by more than so much within so many minutes.</summary>
    public static RateCondition Rate(double change, int within) => new(1, null, new RateLimit(change, within * MinuteMs));
}
