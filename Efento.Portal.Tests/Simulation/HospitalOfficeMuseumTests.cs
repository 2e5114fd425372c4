using System.Globalization;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Demo;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Scenarios;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Simulation;

/// <summary>The scenario of the demo, without a portal.</summary>
public sealed class HospitalOfficeMuseumTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly Scenario _scenario = HospitalOfficeMuseum.Until(Now, TimeZoneInfo.Utc);

    private IEnumerable<ScenarioLogger> Loggers => _scenario.Gateways.SelectMany(g => g.Loggers);

    [Fact]
    public void Scene_HasThreeGatewaysAndOneLoggerNobodyKnows()
    {
        Assert.Equal(3, _scenario.Gateways.Count);
        Assert.Equal(20, _scenario.Named.Count());
        Assert.Equal(21, Loggers.Select(l => l.Device.Serial).Distinct().Count());
    }

    [Fact]
    public void Names_AreDifferentAndFit()
    {
        Assert.Equal(20, _scenario.Named.Select(l => l.Name).Distinct().Count());
        Assert.All(
            _scenario.Named, l =>
                Assert.True(
                    l.Name.Length <= PointLabel.MostLetters
                        && l.Location.Count is > 0 and <= Location.MostLevels
                        && l.Location.All(n => n.Length is > 0 and <= Location.MostLetters)));
    }

    [Fact]
    public void Names_InPolish_AreAllOther()
    {
        CultureInfo.CurrentUICulture = Languages.Find("pl").Culture;
        var polish = HospitalOfficeMuseum.Until(Now, TimeZoneInfo.Utc);

        Assert.Empty(TextsOf(polish).Intersect(TextsOf(_scenario)));
    }

    [Fact]
    public void Hours_AreThoseOfTheZone()
    {
        var warsaw = HospitalOfficeMuseum.Until(Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

        Assert.Equal(_scenario.Maintenance.When.FromUtc.AddHours(-1), warsaw.Maintenance.When.FromUtc);
        Assert.Equal(_scenario.Unsynchronised.AtUtc.AddHours(-1), warsaw.Unsynchronised.AtUtc);
    }

    [Fact]
    public void Events_LieWithinThePast()
    {
        Period[] stretches = [_scenario.Maintenance.When, .. _scenario.Gateways.Select(g => g.Offline).OfType<Period>()];
        DateTimeOffset[] moments =
        [
            _scenario.Unsynchronised.AtUtc, .. stretches.SelectMany(s => new[] { s.FromUtc, s.UntilUtc }),
            .. _scenario.Gateways.Select(g => g.RestartUtc).OfType<DateTimeOffset>(),
            .. _scenario.Gateways.Where(g => g.Mistake is not null).Select(g => g.Mistake!.Value.AtUtc),
            .. _scenario.Incidents.Select(i => i.AnsweredUtc),
        ];

        Assert.All(moments, at => Assert.InRange(at, _scenario.BeginUtc.AddDays(1), Now.AddDays(-1)));
    }

    [Fact]
    public void Values_OfThirtyDays_AreWhatTheirTypesAllow() =>
        Assert.All(Loggers, logger => Assert.All(TimesOf(logger.Device).SelectMany(at => logger.Device.MeasureAt(at).Channels), channel =>
        {
            var type = MeasurementTypes.Get(channel.Type);
            Assert.True(type.IsKnown);
            Assert.True(channel.Value.Status == "ERROR" || channel.Value.Word is not null || type.IsInRange(channel.Value.Number!.Value));
        }));

    [Fact]
    public void Templates_OfPoints_AreThere() =>
        Assert.Empty(_scenario.Named.Select(l => l.Template).OfType<string>().Except(RuleTemplates.All.Select(t => t.Key)));

    [Theory]
    [InlineData("en")]
    [InlineData("pl")]
    public void Incidents_AllOfThem_HaveAnAnswerInTheLanguageOfTheSite(string language)
    {
        var words = new DemoWords(DemoSite.Of(language).Site);
        var said = _scenario.Incidents.Select(i => words.Of(i.Kind)).ToList();

        Assert.Equal(5, said.Select(s => s.Comment).Distinct().Count());
        Assert.All(said, s => Assert.Equal(language == "pl", s.Cause is "Niezamknięte drzwi" or "Awaria urządzenia" or "Brak zasilania"));
    }

    [Fact]
    public void Leak_Begun_IsWetFromThenOn()
    {
        var logger = _scenario.Named.Single(l => l.Name == "Server room floor").Device;
        var before = logger.MeasureAt(Now.AddMinutes(-1));
        Assert.Equal("dry", logger.MeasureAt(Now).Channels[0].Value.Word);

        _scenario.Leak.Begin(Now);

        Assert.Equal("water detected", logger.MeasureAt(Now).Channels[0].Value.Word);
        Assert.Equal("dry", logger.MeasureAt(Now.AddMinutes(40)).Channels[0].Value.Word);
        Assert.Equal(before.Channels, logger.MeasureAt(Now.AddMinutes(-1)).Channels);
    }

    [Fact]
    public void InsulinFridge_HasOneExcursion()
    {
        var logger = _scenario.Named.Single(l => l.Name == "Insulin fridge").Device;
        var warm = TimesOf(logger).Where(at => logger.MeasureAt(at).Channels[0].Value.Number > 10).ToList();

        Assert.NotEmpty(warm);
        Assert.InRange(warm[^1] - warm[0], TimeSpan.FromMinutes(30), TimeSpan.FromHours(4));
    }

    private static IEnumerable<string> TextsOf(Scenario scenario) =>
    [
        .. scenario.Gateways.Select(g => g.Name), .. scenario.Named.SelectMany(l => (string[])[l.Name, .. l.Location]),
        scenario.Maintenance.Reason, scenario.Unsynchronised.Reason,
    ];

    private IEnumerable<DateTimeOffset> TimesOf(VirtualLogger logger)
    {
        for (var at = logger.LastDueAt(_scenario.BeginUtc); at <= Now; at += logger.Interval)
        {
            yield return at;
        }
    }
}
