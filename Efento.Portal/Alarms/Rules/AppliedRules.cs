using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules;

/// <summary>What applies at a measuring point, and what would apply if a rule were not there.</summary>
internal static class AppliedRules
{
    private static readonly RuleKind[] OfLoggers = [RuleKind.Silence, RuleKind.Battery, RuleKind.Signal];

    /// <summary>
    /// The kinds that make sense at a point with the rule of each, also if it is switched off. Limits and states are listed without a rule
    /// as well, because they say what the goods need.
    /// </summary>
    public static IReadOnlyList<AppliedAt> Of(
        RuleBook book, int pointId, IReadOnlyList<(byte Channel, MeasurementType Type)> channels, long nowMs) =>
    [
        .. from channel in channels
           from kind in KindsOf(channel.Type)
           let rule = book.NearestTo(pointId, channel.Channel, channel.Type.Key, kind, nowMs)?.Rule
           where rule is not null || kind is RuleKind.Limits or RuleKind.State
           select new AppliedAt(kind, channel.Channel, channel.Type, rule),
        .. from kind in OfLoggers
           let rule = book.NearestTo(pointId, 0, "", kind, nowMs)?.Rule
           where rule is not null
           select new AppliedAt(kind, 0, null, rule),
    ];

    /// <summary>The kinds of rules about a channel of a type.</summary>
    public static IReadOnlyList<RuleKind> KindsOf(MeasurementType type) => type.Kind switch
    {
        MeasurementKind.Binary => [RuleKind.State, RuleKind.SensorError],
        MeasurementKind.Continuous => [RuleKind.Limits, RuleKind.Rate, RuleKind.SensorError],
        _ => [RuleKind.Limits, RuleKind.SensorError],
    };

    /// <summary>The rule that applies at the place of a rule once that has ended, even if it is switched off; null if none does.</summary>
    public static AlarmRule? Without(AlarmRule rule, RuleBook book, LocationTree tree, int? locationOfPoint)
    {
        var others = book.All.Where(r => r.UntilMs == long.MaxValue && r.Key != rule.Key && r.Kind == rule.Kind
            && (r.Type is null || r.Type == rule.Type)).ToList();
        foreach (var there in Around(rule, tree, locationOfPoint))
        {
            if (others.Where(there).OrderBy(r => r.Type is null).FirstOrDefault() is { } nearest)
            {
                return nearest;
            }
        }

        return null;
    }

    /// <summary>Tells the rules of a place, for the place of a rule and each around it, the nearest first.</summary>
    private static IEnumerable<Func<AlarmRule, bool>> Around(AlarmRule rule, LocationTree tree, int? locationOfPoint)
    {
        if (rule.PointId is { } point)
        {
            yield return r => r.PointId == point && r.Channel == rule.Channel;
            yield return r => r.PointId == point && r.Channel is null;
        }

        for (var at = tree.Find(rule.LocationId ?? locationOfPoint); at is not null; at = tree.Find(at.ParentId))
        {
            var id = at.Id;
            yield return r => r.LocationId == id;
        }

        yield return r => r.IsOfSite;
    }
}

/// <summary>The rule of a kind at a measuring point.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Channel">The channel; 0 for the whole logger.</param>
/// <param name="Type">What the channel measures; null for the whole logger.</param>
/// <param name="Rule">The nearest rule, also if it is switched off; null if there is none.</param>
public sealed record AppliedAt(RuleKind Kind, byte Channel, MeasurementType? Type, AlarmRule? Rule);
