using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Scenes;

namespace Efento.Portal.Tests.Simulation;

/// <summary>The scene of the demo, without a portal.</summary>
public sealed class HospitalOfficeMuseumTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly Scene _scene = HospitalOfficeMuseum.Until(Now);

    private IEnumerable<SceneLogger> Loggers => _scene.Gateways.SelectMany(g => g.Loggers);

    [Fact]
    public void Scene_HasThreeGatewaysAndOneLoggerNobodyKnows()
    {
        Assert.Equal(3, _scene.Gateways.Count);
        Assert.Equal(20, _scene.Named.Count());
        Assert.Equal(21, Loggers.Select(l => l.Device.Serial).Distinct().Count());
    }

    [Fact]
    public void Names_AreDifferentAndFit()
    {
        Assert.Equal(20, _scene.Named.Select(l => l.Name).Distinct().Count());
        Assert.All(_scene.Named, l => Assert.True(l.Name.Length <= PointNaming.MostLetters && l.Location.Count is > 0 and <= Location.MostLevels && l.Location.All(n => n.Length is > 0 and <= Location.MostLetters)));
    }

    [Fact]
    public void Events_LieWithinThePast()
    {
        Stretch[] stretches = [_scene.Maintenance.When, .. _scene.Gateways.Select(g => g.Offline).OfType<Stretch>()];
        DateTimeOffset[] moments =
        [
            _scene.Unsynchronised.AtUtc, .. stretches.SelectMany(s => new[] { s.FromUtc, s.UntilUtc }),
            .. _scene.Gateways.Select(g => g.RestartUtc).OfType<DateTimeOffset>(), .. _scene.Gateways.Where(g => g.Mistake is not null).Select(g => g.Mistake!.Value.AtUtc),
        ];

        Assert.All(moments, at => Assert.InRange(at, _scene.BeginUtc.AddDays(1), Now.AddDays(-1)));
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
    public void InsulinFridge_HasOneExcursion()
    {
        var logger = _scene.Named.Single(l => l.Name == "Insulin fridge").Device;
        var warm = TimesOf(logger).Where(at => logger.MeasureAt(at).Channels[0].Value.Number > 10).ToList();

        Assert.NotEmpty(warm);
        Assert.InRange(warm[^1] - warm[0], TimeSpan.FromMinutes(30), TimeSpan.FromHours(4));
    }

    private IEnumerable<DateTimeOffset> TimesOf(VirtualLogger logger)
    {
        for (var at = logger.LastDueAt(_scene.BeginUtc); at <= Now; at += logger.Interval)
        {
            yield return at;
        }
    }
}
