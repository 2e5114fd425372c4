namespace Efento.Portal.Alarms.Rules;

/// <summary>Which of the rules that concern something is the nearest, at any time.</summary>
/// <param name="rules">The rules, nearest first. Those of one array are equally near; of them the one that was made last wins.</param>
internal sealed class Nearness(IReadOnlyList<AlarmRule[]> rules)
{
    /// <summary>The nearest rule in force at a time, also if it is switched off; null if there is none.</summary>
    public AlarmRule? NearestAt(long ms)
    {
        foreach (var equallyNear in rules)
        {
            if (equallyNear.Where(r => r.IsInForce(ms)).MaxBy(r => r.Id) is { } nearest)
            {
                return nearest;
            }
        }

        return null;
    }

    /// <summary>What applied from when on; a rule that is switched off counts as none.</summary>
    public IReadOnlyList<RulePeriod> Timeline()
    {
        List<RulePeriod> periods = [];
        foreach (var ms in Turns())
        {
            var rule = NearestAt(ms) is { IsEnabled: true } nearest ? nearest : null;
            if (periods.Count == 0 || periods[^1].Rule != rule)
            {
                periods.Add(new(ms, rule));
            }
        }

        return periods;
    }

    private IEnumerable<long> Turns() => rules.SelectMany(r => r).SelectMany(r => new[] { r.FromMs, r.UntilMs })
        .Where(ms => ms < long.MaxValue).Append(long.MinValue).Distinct().Order();
}
