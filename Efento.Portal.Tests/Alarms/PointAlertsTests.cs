using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms;

/// <summary>What the pages are told of alarms and limits at measuring points.</summary>
public sealed class PointAlertsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Life_OfAnAlarm_IsToldStepByStep()
    {
        await _portal.RuleAsync(AlarmBench.Fridge());
        await SendAsync(0, 5);
        Assert.Equal((LoggerAlert.None, LoggerVerdict.InOrder), await StandsAsync());

        await SendAsync(3, 9);
        Assert.Equal((LoggerAlert.Critical, LoggerVerdict.Outside), await StandsAsync());

        var alarm = Assert.Single(await _portal.AlarmsAsync()).Alarm;
        Assert.Equal([alarm.Id], _portal.Get<IPointAlerts>().CriticalOf(alarm.PointId!.Value));
        await _portal.Get<AlarmActions>().AcknowledgeAsync(SiteScope.Everything, Actor.Command, alarm.Id, new("Door closed", null, null));
        Assert.Equal((LoggerAlert.None, LoggerVerdict.Acknowledged), await StandsAsync());
        Assert.Empty(_portal.Get<IPointAlerts>().CriticalOf(alarm.PointId!.Value));

        await SendAsync(6, 5);
        Assert.Equal((LoggerAlert.None, LoggerVerdict.InOrder), await StandsAsync());
    }

    [Fact]
    public async Task Alarm_EndedAndOpen_ColoursNothing()
    {
        await _portal.RuleAsync(AlarmBench.Fridge());

        await SendAsync(0, 9);
        await SendAsync(3, 5);

        Assert.True(Assert.Single(await _portal.AlarmsAsync()).Alarm.IsOpen);
        Assert.Equal((LoggerAlert.None, LoggerVerdict.InOrder), await StandsAsync());
    }

    [Fact]
    [Proves(ScreenRule.NothingUnjudgedIsInOrder)]
    public async Task Rule_MadeAndEnded_IsKnownWithoutAReading()
    {
        await SendAsync(0, 5);
        Assert.Equal(LoggerVerdict.None, (await StandsAsync()).Verdict);

        await _portal.RuleAsync(AlarmBench.Fridge() with { Key = "humid", Type = "humidity" });
        Assert.Equal(LoggerVerdict.NoLimits, (await StandsAsync()).Verdict);

        await _portal.RuleAsync(AlarmBench.Fridge());
        Assert.Equal(LoggerVerdict.InOrder, (await StandsAsync()).Verdict);
    }

    [Fact]
    public async Task Excursion_ShorterThanItsDelay_IsNeitherInOrderNorAnAlarm()
    {
        await _portal.RuleAsync(AlarmBench.Fridge(delay: 15));

        await SendAsync(0, 9);

        Assert.Equal((LoggerAlert.None, LoggerVerdict.Outside), await StandsAsync());
    }

    [Fact]
    public async Task Silence_AsAWarning_IsSaidByTheStateAlone()
    {
        await SendAsync(0, 5);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Contains(await _portal.LookAsync(), a => a.Alarm.Kind is RuleKind.Silence);
        Assert.Equal(LoggerAlert.None, (await StandsAsync()).Alert);
    }

    private async Task<(LoggerAlert Alert, LoggerVerdict Verdict)> StandsAsync()
    {
        await _portal.AlarmsAsync();
        var logger = await _portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial);
        var state = LoggerState.Of(logger!, null);
        return (state.Alert, state.Verdict);
    }

    private async Task SendAsync(int minute, double value)
    {
        var at = Some.Start.AddMinutes(minute);
        _time.SetUtcNow(at > _time.GetUtcNow() ? at : _time.GetUtcNow());
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, at, value)))).Status);
    }
}
