using System.Globalization;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Components.Words;

/// <summary>The conditions of a rule as the page of the rules, its dialogs and the page of an alarm say them.</summary>
public sealed class AlarmRuleWordsTests
{
    private const long Minute = 60_000;

    private static readonly Units Metric = new(TemperatureUnit.Celsius, PressureUnit.Hectopascal);
    private static readonly Units Imperial = new(TemperatureUnit.Fahrenheit, PressureUnit.Hectopascal);

    public static TheoryData<RuleKind, string?, LevelConditions, string> Rules => new()
    {
        { RuleKind.Limits, "temperature", new() { Low = 2, High = 8, DelayMs = 15 * Minute }, "below 2 °C or above 8 °C, for 15 min" },
        { RuleKind.Limits, "temperature", new() { Low = -20.5 }, "below −20.5 °C, at once" },
        {
            RuleKind.Limits, "temperature",
            new() { Low = 2, High = 8, DelayMs = Minute, HighDelayMs = 60 * Minute, CumulativeInMs = 480 * Minute },
            "below 2 °C or above 8 °C, for 1 min, above the upper limit for 1 h, in all within 8 h"
        },
        { RuleKind.Rate, "temperature", new() { Change = 2, WithinMs = 10 * Minute }, "by more than 2 °C within 10 min" },
        { RuleKind.State, "open-close", new() { Is = 1, DelayMs = 5 * Minute }, "Open, for 5 min" },
        { RuleKind.Silence, null, new() { WhenLate = true }, "late" },
        { RuleKind.Silence, null, new() { WhenLate = false }, "silent" },
        { RuleKind.SensorError, null, new() { DelayMs = 15 * Minute }, "no value, for 15 min" },
        { RuleKind.Battery, null, new(), "battery low" },
        { RuleKind.Signal, null, new() { Below = -100, DelayMs = 120 * Minute }, "weaker than −100 dBm, for 2 h" },
        { RuleKind.Gateway, RuleSubjects.Offline, new() { DelayMs = 5 * Minute }, "for 5 min" },
        { RuleKind.Gateway, RuleSubjects.LowBattery, new() { Below = 20 }, "below 20 %" },
        { RuleKind.Gateway, RuleSubjects.Restarted, new(), "at once" },
        { RuleKind.Portal, RuleSubjects.Clock, new(), "at once" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Conditions_OfEachKind_SayWhatRaisesTheAlarm(RuleKind kind, string? type, LevelConditions its, string expected) =>
        Assert.Equal(expected, Said(kind, type, its, Metric));

    [Theory]
    [InlineData(RuleKind.Limits, "above 46.4 °F, at once")]
    [InlineData(RuleKind.Rate, "by more than 3.6 °F within 10 min")]
    public void Conditions_InFahrenheit_ConvertValuesAndDifferences(RuleKind kind, string expected) => Assert.Equal(
        expected, Said(kind, "temperature", new() { High = 8, Change = 2, WithinMs = 10 * Minute }, Imperial));

    [Fact]
    public void Conditions_InPolish_HaveACommaAndTheUnitInPolish()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pl-PL");

        Assert.Equal("poniżej 2,5 °C, od razu", Said(RuleKind.Limits, "temperature", new() { Low = 2.5 }, Metric));
        Assert.Equal("powyżej 40 imp., od razu", Said(RuleKind.Limits, "pulse_cnt", new() { High = 40 }, Metric));
    }

    [Fact]
    public void Levels_TheCriticalOne_ComesFirst() => Assert.Equal(
        [AlarmLevel.Critical, AlarmLevel.Warning], AlarmRuleWords.Levels(new(new(), new())).Select(l => l.Level));

    private static string Said(RuleKind kind, string? type, LevelConditions its, Units units) =>
        AlarmRuleWords.Conditions(kind, type, its, units).Replace('\u00a0', ' ');
}
