using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The fields of a level as <see cref="RuleFault.Field"/> names them.</summary>
internal static class RuleFieldNames
{
    /// <summary>The name of a field; of the level itself for <see cref="LevelFields.None"/>.</summary>
    public static string Of(AlarmLevel level, LevelFields field, RuleKind kind)
    {
        var its = level is AlarmLevel.Critical ? "critical" : "warning";
        return field is LevelFields.None ? its : $"{its}.{Of(field, kind)}";
    }

    private static string Of(LevelFields field, RuleKind kind) => field switch
    {
        LevelFields.Low => "low",
        LevelFields.High => "high",
        LevelFields.Delay => "delay",
        LevelFields.HighDelay => "highDelay",
        LevelFields.CumulativeIn => "cumulativeIn",
        LevelFields.Change => "change",
        LevelFields.Within => "in",
        LevelFields.Is => "is",
        LevelFields.When => "when",
        _ => kind is RuleKind.Signal ? "weaker" : "below",
    };
}
