using System.Globalization;
using System.Text.RegularExpressions;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Words;

/// <summary>An alarm in one sentence, in both languages and in the user's units.</summary>
public sealed class AlarmWordsTests
{
    private static readonly Units Metric = new(TemperatureUnit.Celsius, PressureUnit.Hectopascal);
    private static readonly Units Imperial = new(TemperatureUnit.Fahrenheit, PressureUnit.Hectopascal);

    [Theory]
    [InlineData(11.2, 8, "Temperature above 8.0 °C: 11.2 °C")]
    [InlineData(-1.5, 2, "Temperature below 2.0 °C: −1.5 °C")]
    public void What_OfLimits_SaysTheSideAndHowFar(double peak, double limit, string expected) =>
        Assert.Equal(expected, Said(Line(RuleKind.Limits, "temperature", peak, limit), Metric));

    [Fact]
    public void What_InFahrenheit_ConvertsBoth() => Assert.Equal(
        "Temperature above 46.4 °F: 52.2 °F", Said(Line(RuleKind.Limits, "temperature", 11.2, 8), Imperial));

    [Fact]
    public void What_OfARate_ConvertsDifferences() => Assert.Equal(
        "Temperature changed by 9 °F within 10 min, more than 3.6 °F",
        Said(Line(RuleKind.Rate, "temperature", 5, 2, new LevelConditions { Change = 2, WithinMs = 600_000 }), Imperial));

    [Theory]
    [InlineData(RuleKind.Silence, "", "No measurements arrive")]
    [InlineData(RuleKind.SensorError, "humidity", "Humidity: no value")]
    [InlineData(RuleKind.State, "open-close", "Contact: Open")]
    [InlineData(RuleKind.Battery, "", "Battery low")]
    [InlineData(RuleKind.Gateway, RuleSubjects.Offline, "Offline")]
    [InlineData(RuleKind.Portal, RuleSubjects.Clock, "The server's clock is wrong")]
    [InlineData(RuleKind.Portal, RuleSubjects.Channel, "Messages do not get through a channel")]
    public void What_WithoutFigures_IsSaid(RuleKind kind, string type, string expected) =>
        Assert.Equal(expected, Said(Line(kind, type, null, null), Metric));

    [Theory]
    [InlineData(RuleKind.Gateway, RuleSubjects.LowBattery, "Battery below 20 %: 12 %")]
    [InlineData(RuleKind.Portal, RuleSubjects.Disk, "Free space on the disk below 20 %: 12 %")]
    [InlineData(RuleKind.Signal, "", "Signal weaker than 20 dBm: 12 dBm")]
    public void What_OfDevices_HasItsUnit(RuleKind kind, string type, string expected) =>
        Assert.Equal(expected, Said(Line(kind, type, 12, 20), Metric));

    [Fact]
    public void What_InPolish_HasACommaAndItsWords()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pl-PL");

        Assert.Equal("Temperatura powyżej 8,0 °C: 11,2 °C", Said(Line(RuleKind.Limits, "temperature", 11.2, 8), Metric));
    }

    [Theory]
    [InlineData(AlarmLevel.Critical, "octagon")]
    [InlineData(AlarmLevel.Warning, "diamond")]
    public void Icon_OfALevel_IsThatOfTheTile(AlarmLevel level, string name)
    {
        var icons = RepositoryFiles.TextOf("wwwroot-assets/src/icons.ts");

        Assert.Contains(
            $"d=\"{Regex.Match(icons, $"{name}: \"([^\"]+)\"").Groups[1].Value}\"", AlarmWords.Icon(level), StringComparison.Ordinal);
        Assert.Contains($"{AlarmWords.Class(level)}: \"{name}\"", icons, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_OfEveryKindLevelStateEndAndFault_AreThere()
    {
        Assert.All(Enum.GetValues<RuleKind>(), kind => Assert.NotEmpty(AlarmWords.Kind(kind)));
        Assert.All(Enum.GetValues<AlarmLevel>(), level => Assert.NotEmpty(AlarmWords.Level(level)));
        Assert.All(Enum.GetValues<AlarmState>(), state => Assert.NotEmpty(AlarmWords.State(state)));
        Assert.All(Enum.GetValues<AlarmEnd>(), end => Assert.NotEmpty(AlarmWords.End(end)));
        Assert.All(Enum.GetValues<AlarmFault>(), fault => Assert.NotEmpty(AlarmWords.Fault(new AlarmOutcome(fault))!));
        Assert.All(
            RuleSubjects.OfGateways.Concat(RuleSubjects.OfPortal),
            subject => Assert.NotEqual(subject, AlarmWords.What(Line(RuleKind.Gateway, subject, null, null), Metric)));
    }

    private static string Said(AlarmLine line, Units units) => AlarmWords.What(line, units).Replace('\u00a0', ' ');

    private static AlarmLine Line(RuleKind kind, string type, double? peak, double? limit, LevelConditions? conditions = null) => new(
        new Alarm
        {
            Kind = kind,
            Type = type,
            Channel = 1,
            PointId = 1,
            RuleId = 1,
            Level = AlarmLevel.Critical,
            LevelNow = AlarmLevel.Critical,
            BeganMs = 0,
            RaisedMs = 0,
            CompletedMs = 0,
            LastOutsideMs = 0,
            PeakMs = 0,
            Peak = peak,
            Limit = limit,
        },
        new AlarmRule
        {
            Key = "rule",
            Version = 1,
            Kind = kind,
            Conditions = new(null, conditions ?? new()),
            IsEnabled = true,
            FromMs = 0,
            MadeUtc = DateTimeOffset.UnixEpoch,
            MadeBy = "anna@portal.test",
        },
        null, null, null);
}
