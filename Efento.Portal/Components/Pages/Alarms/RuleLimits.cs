using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>The limits of a rule as charts draw them.</summary>
internal static class RuleLimits
{
    /// <summary>The limits of values, in the user's unit.</summary>
    public static IEnumerable<ChartLimit> Of(RuleConditions conditions, MeasurementType type, Units units) =>
        from level in AlarmRuleWords.Levels(conditions)
        from figure in new[] { level.Of.Low, level.Of.High }.OfType<double>()
        select Line(UnitConversion.ToShown(type.Unit, figure, units), level.Level);

    /// <summary>The limits of a signal, in dBm.</summary>
    public static IEnumerable<ChartLimit> OfSignal(RuleConditions conditions) =>
        from level in AlarmRuleWords.Levels(conditions)
        from below in new[] { level.Of.Below }.OfType<double>()
        select Line(below, level.Level);

    private static ChartLimit Line(double value, AlarmLevel level) => new(value, AlarmWords.Level(level), level is AlarmLevel.Critical);
}
