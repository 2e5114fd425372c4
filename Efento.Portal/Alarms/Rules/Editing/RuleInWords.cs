using System.Globalization;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>A rule in words for the audit trail and commands. They are English, and figures are in the type's unit.</summary>
internal static class RuleInWords
{
    /// <summary>The rule in one line.</summary>
    public static string Of(AlarmRule rule, string place)
    {
        var what = $"{RuleNames.Of(rule.Kind)}{(rule.Type is { } type ? $" {MeasurementTypes.Get(type).Name}" : "")} at {place}";
        var from = rule.FromMs == long.MinValue ? "" : $", from {Time(rule.FromMs)}";
        return rule.IsEnabled ? $"{what}: {Conditions(rule)}{from}" : $"{what}: off{from}";
    }

    private static string Conditions(AlarmRule rule)
    {
        var (warning, critical, margin) = rule.Conditions;
        return string.Join(
            "; ",
            new[] { Level("critical", critical), Level("warning", warning), margin == 0 ? null : $"margin {Number(margin)}" }.OfType<string>());
    }

    private static string? Level(string name, LevelConditions? level) => level is null ? null : $"{name} {string.Join(", ", Words(level))}";

    private static IEnumerable<string> Words(LevelConditions level) => new[]
    {
        level.Low is { } low ? $"below {Number(low)}" : null,
        level.High is { } high ? $"above {Number(high)}" : null,
        level.Change is { } change ? $"by more than {Number(change)} within {RuleDuration.Text(level.WithinMs ?? 0)}" : null,
        level.Is is { } state ? (state == 1 ? "on" : "off") : null,
        level.Below is { } below ? $"below {Number(below)}" : null,
        level.WhenLate is { } whenLate ? (whenLate ? "when late" : "when silent") : null,
        level.DelayMs > 0 ? $"for {RuleDuration.Text(level.DelayMs)}" : "at once",
        level.HighDelayMs is { } highDelay ? $"above for {RuleDuration.Text(highDelay)}" : null,
        level.CumulativeInMs is { } window ? $"in all within {RuleDuration.Text(window)}" : null,
    }.OfType<string>();

    private static string Number(double figure) => figure.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
