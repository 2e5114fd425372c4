namespace Efento.Portal.Alarms.Rules;

/// <summary>Questions to what applied from when on.</summary>
internal static class RulePeriods
{
    /// <summary>The version that applied at a time; null if none did.</summary>
    public static AlarmRule? RuleAt(this IReadOnlyList<RulePeriod> periods, DateTimeOffset at) =>
        periods.RuleAt(at.ToUnixTimeMilliseconds());

    /// <summary>The version that applied at a time measured (Unix ms); null if none did.</summary>
    public static AlarmRule? RuleAt(this IReadOnlyList<RulePeriod> periods, long ms)
    {
        var at = periods.Count - 1;
        while (at > 0 && periods[at].FromMs > ms)
        {
            at--;
        }

        return periods[at].Rule;
    }
}
