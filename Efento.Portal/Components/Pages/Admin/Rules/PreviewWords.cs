using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The alarms of a preview in the user's words and units, and in charts.</summary>
internal static class PreviewWords
{
    /// <summary>The worst value of an alarm.</summary>
    public static string Worst(RuleDraft draft, double peak, Units units) => draft.Kind switch
    {
        RuleKind.Signal => Figures.Plain(peak, Figures.Decibels),
        RuleKind.State => AlarmRuleWords.State(draft.Type, peak >= 0.5),
        var kind => Figures.Of(draft.Type, kind is RuleKind.Rate, units).InWords(peak),
    };

    /// <summary>A chart with the limits of the draft, and shaded for the time of the alarms that it would have raised.</summary>
    public static ChartDrawing With(ChartDrawing drawing, Previewed of, IEnumerable<PreviewedAlarm> alarms, Units units) => drawing with
    {
        Limits = [.. LimitsOf(of.Draft, units)],
        Shades = [.. alarms.Select(a => Shade(of.Draft, a, drawing.ToUtc, units))],
    };

    private static IEnumerable<ChartLimit> LimitsOf(RuleDraft draft, Units units) => draft switch
    {
        { Kind: RuleKind.Limits, Type: { } type } => RuleLimits.Of(draft.Conditions, MeasurementTypes.Get(type), units),
        { Kind: RuleKind.Signal } => RuleLimits.OfSignal(draft.Conditions),
        _ => [],
    };

    private static ChartShade Shade(RuleDraft draft, PreviewedAlarm alarm, DateTimeOffset toUtc, Units units) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(alarm.BeganMs),
        alarm.EndedMs is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : toUtc,
        alarm.Peak is { } peak
            ? $"{AlarmWords.Level(alarm.Level)}: {RulesPageText.Worst(Worst(draft, peak, units))}"
            : AlarmWords.Level(alarm.Level),
        IsFaint: alarm.Level is AlarmLevel.Warning);
}
