using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Standing;

/// <summary>Loggers that fall silent, gateways that die: an alarm each, and one for all that has one cause.</summary>
public sealed class StandingWatchTests
{
    private const string Gateway = "282C00000001";

    private readonly FakeTimeProvider _time = new(Some.Start);

    [Fact]
    public async Task Logger_FallsSilent_IsAnAlarmUntilItIsHeard()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await MeasureAsync(portal, serial);
        Assert.Empty(OfKind(await portal.LookAsync(), RuleKind.Silence));

        await PassAsync(portal, minutes: 10);
        var silent = Assert.Single(OfKind(await portal.LookAsync(), RuleKind.Silence));
        Assert.Equal((serial, true, AlarmLevel.Warning), (silent.Serial, silent.Alarm.IsActive, silent.Alarm.Level));
        Assert.Equal(Some.Start.ToUnixTimeMilliseconds(), silent.Alarm.BeganAfterMs);

        await MeasureAsync(portal, serial);
        var ended = Assert.Single(OfKind(await portal.LookAsync(), RuleKind.Silence));
        Assert.Equal((AlarmEnd.Inside, true), (ended.Alarm.End, ended.Alarm.IsOpen));
    }

    [Fact]
    public async Task Gateway_Dies_OneAlarmSpeaksForItsLoggers()
    {
        await using var portal = await StartAsync();
        var serials = Enumerable.Range(0, 500).Select(_ => Some.Serial()).ToList();
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, Some.Now(_time)))));

        for (var minute = 0; minute < 40; minute++)
        {
            await PassAsync(portal, minutes: 1);
        }

        var all = await portal.AlarmsAsync();
        var cause = Assert.Single(OfKind(all, RuleKind.Gateway));
        Assert.Equal(RuleSubjects.Offline, cause.Alarm.Type);
        var silent = OfKind(all, RuleKind.Silence).ToList();
        Assert.Equal(500, silent.Count);
        Assert.All(silent, s => Assert.Equal(cause.Alarm.Id, s.Alarm.CauseId));

        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, Some.Now(_time)))));
        Assert.All(await portal.LookAsync(), a => Assert.False(a.Alarm.IsActive));
    }

    [Fact]
    public async Task Gateway_IsBack_ALoggerThatStaysSilentSpeaksForItself()
    {
        await using var portal = await StartAsync();
        var (lost, well) = (Some.Serial(), Some.Serial());
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await portal.Client.MeasureAsync(Some.Body(new[] { lost, well }.Select(s => Some.Record(s, Some.Now(_time)))));
        for (var minute = 0; minute < 40; minute++)
        {
            await PassAsync(portal, minutes: 1);
        }

        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await MeasureAsync(portal, well);
        await portal.LookAsync();
        await PassAsync(portal, minutes: 7);
        var cause = Assert.Single(OfKind(await portal.AlarmsAsync(), RuleKind.Gateway)).Alarm;
        Assert.Equal(cause.Id, Assert.Single(await portal.AlarmsAsync(), a => a.Serial == lost).Alarm.CauseId);

        await MeasureAsync(portal, well);
        await PassAsync(portal, minutes: 2);

        var alarm = Assert.Single(await portal.AlarmsAsync(), a => a.Serial == lost).Alarm;
        Assert.Equal((true, null), (alarm.IsActive, alarm.CauseId));
        Assert.Equal(1, portal.Database.Scalar<int>($"SELECT count(*) FROM alarm_event WHERE alarm_id = {alarm.Id} AND kind = 16"));
    }

    [Fact]
    public async Task Logger_SilentWhileItsGatewayIsHeard_HasItsOwnAlarm()
    {
        await using var portal = await StartAsync();
        var (silent, heard) = (Some.Serial(), Some.Serial());
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await MeasureAsync(portal, silent);
        for (var minute = 0; minute < 15; minute++)
        {
            await MeasureAsync(portal, heard);
            await PassAsync(portal, minutes: 1);
        }

        var alarm = Assert.Single(await portal.AlarmsAsync());
        Assert.Equal((silent, null), (alarm.Serial, alarm.Alarm.CauseId));
    }

    [Fact]
    public async Task Maintenance_SilenceInIt_IsNoAlarm()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await MeasureAsync(portal, serial);
        await portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "Update");
        await PassAsync(portal, minutes: 61);
        Assert.Empty(await portal.LookAsync());

        await PassAsync(portal, minutes: 8);

        Assert.Single(await portal.LookAsync());
    }

    [Fact]
    public async Task Portal_WasOff_LoggersHaveTimeToComeBack()
    {
        using var data = new TemporaryDirectory();
        var start = new PortalStart { Time = _time, DataDirectory = data.Path };
        await using (var before = await PortalUnderTest.StartAsync(start))
        {
            await MeasureAsync(before, Some.Serial());
        }

        _time.Advance(TimeSpan.FromHours(2));
        await using var portal = await PortalUnderTest.StartAsync(start);
        Assert.Empty(await portal.LookAsync());

        await PassAsync(portal, minutes: 9);

        Assert.Single(await portal.LookAsync());
    }

    [Fact]
    public async Task Logger_SetToN_IsNotSilent()
    {
        await using var portal = await StartAsync();
        await MeasureAsync(portal, Some.Serial());
        await PassAsync(portal, minutes: 10);
        Assert.True(Assert.Single(await portal.LookAsync()).Alarm.IsActive);

        var preview = await portal.Get<SynchroniseSwitch>().PreviewAsync([1], synchronise: false);
        await portal.Get<SynchroniseSwitch>().SetAsync(Actor.Command, preview.Changes, "probe broken");

        Assert.Equal(AlarmEnd.Unjudged, Assert.Single(await portal.LookAsync()).Alarm.End);
    }

    [Fact]
    public async Task Gateway_TakenOutOfUse_ItsAlarmsEndUnjudged()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await PassAsync(portal, minutes: 60 * 24);
        Assert.True(Assert.Single(await portal.LookAsync()).Alarm.IsActive);

        await portal.Get<GatewayRetirement>().RetireAsync(SiteScope.Everything, Actor.Command, new Seen(1, 0), "sold");

        Assert.Equal(AlarmEnd.Unjudged, Assert.Single(await portal.LookAsync()).Alarm.End);
    }

    [Fact]
    public async Task Gateway_SendsAWrongToken_IsAnAlarmUntilOneIsAccepted()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(new RuleDraft
        {
            Kind = RuleKind.Gateway,
            Type = RuleSubjects.WrongToken,
            Conditions = new(new LevelConditions(), null),
        });
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await PassAsync(portal, minutes: 1);
        Assert.Empty(await portal.LookAsync());

        await portal.Client.PostAsync(GatewayPaths.Heartbeat, Encoding.UTF8.GetBytes(Some.Heartbeat(Gateway)), request =>
        {
            request.Headers.Remove("X-Api-Token");
            request.Headers.Add("X-Api-Token", "of another portal");
        });
        Assert.Equal(RuleSubjects.WrongToken, Assert.Single(await portal.LookAsync()).Alarm.Type);
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));

        Assert.Equal(AlarmEnd.Inside, Assert.Single(await portal.LookAsync()).Alarm.End);
    }

    [Fact]
    public async Task Closed_BecauseTheLoggerIsGone_IsNotRaisedAgain()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await MeasureAsync(portal, serial);
        await PassAsync(portal, minutes: 10);
        await portal.Get<AlarmActions>().CloseAsync(SiteScope.Everything, Actor.Command, new(1), "Logger lost");

        await PassAsync(portal, minutes: 10);
        Assert.False(Assert.Single(OfKind(await portal.LookAsync(), RuleKind.Silence)).Alarm.IsActive);

        await MeasureAsync(portal, serial);
        await PassAsync(portal, minutes: 10);
        Assert.Equal(2, OfKind(await portal.LookAsync(), RuleKind.Silence).Count());
    }

    [Fact]
    public async Task Battery_Low_IsAnAlarmUntilItIsChanged()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(_time), null, 180, "low", Some.Param(5))));
        Assert.Equal(RuleKind.Battery, Assert.Single(await portal.LookAsync()).Alarm.Kind);

        await PassAsync(portal, minutes: 3);
        await MeasureAsync(portal, serial);

        Assert.NotNull(Assert.Single(await portal.LookAsync()).Alarm.EndedMs);
    }

    [Fact]
    public async Task Gateway_OnBattery_IsOneAlarmFromItsFirstHeartbeatOn()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await PassAsync(portal, minutes: 4);
        var lost = _time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var beat = 0; beat < 5; beat++)
        {
            await portal.Client.BeatAsync(Some.Heartbeat(Gateway, power: "UNPLUGGED"));
            Assert.Equal(beat < 2 ? 0 : 1, (await portal.LookAsync()).Count);
            await PassAsync(portal, minutes: 4);
        }

        var alarm = Assert.Single(await portal.AlarmsAsync()).Alarm;
        Assert.Equal((RuleSubjects.OnBattery, lost, true), (alarm.Type, alarm.BeganMs, alarm.IsActive));

        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        Assert.Equal(AlarmEnd.Inside, Assert.Single(await portal.LookAsync()).Alarm.End);
    }

    [Fact]
    public async Task Acknowledged_GetsWorse_IsOpenAgain()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(new RuleDraft
        {
            Key = "built-in-silence",
            Kind = RuleKind.Silence,
            Conditions = new(new LevelConditions { WhenLate = true }, new LevelConditions { WhenLate = false }),
        });
        await MeasureAsync(portal, Some.Serial());
        await PassAsync(portal, minutes: 5);
        var alarm = Assert.Single(await portal.AlarmsAsync()).Alarm;
        var said = new Acknowledgement("Its battery is changed");
        await portal.Get<AlarmActions>().AcknowledgeAsync(SiteScope.Everything, Actor.Command, alarm.Id, said);

        await PassAsync(portal, minutes: 10);

        alarm = Assert.Single(await portal.AlarmsAsync()).Alarm;
        Assert.Equal((AlarmLevel.Critical, true), (alarm.Level, alarm.IsOpen));
        Assert.Contains(said.Comment, portal.Database.Lines("SELECT text FROM alarm_event"));
    }

    [Fact]
    public async Task PowerCut_GatewaysOfOneLocation_OneAlarmSpeaksForThem()
    {
        await using var portal = await StartAsync();
        using var first = await GatewayAtAsync(portal, "282C00000001", "Ward");
        using var second = await GatewayAtAsync(portal, "282C00000002", "Ward");
        using var elsewhere = await GatewayAtAsync(portal, "282C00000003", "Cellar");

        await first.BeatAsync(Some.Heartbeat("282C00000001", power: "UNPLUGGED"));
        await PassAsync(portal, minutes: 2);
        await second.BeatAsync(Some.Heartbeat("282C00000002", power: "UNPLUGGED"));
        await elsewhere.BeatAsync(Some.Heartbeat("282C00000003", power: "UNPLUGGED"));
        await PassAsync(portal, minutes: 6);

        var all = (await portal.AlarmsAsync()).Where(a => a.Alarm.Type == RuleSubjects.OnBattery).OrderBy(a => a.Alarm.GatewayId)
            .Select(a => a.Alarm).ToList();
        Assert.Equal(3, all.Count);
        Assert.Equal([null, all[0].Id, null], all.Select(a => a.CauseId));
    }

    [Fact]
    public async Task Quarantine_NotEmpty_IsAnAlarm()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync("no JSON");

        Assert.Equal(RuleSubjects.Quarantine, Assert.Single(await portal.LookAsync()).Alarm.Type);
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Time = _time });

    private async Task PassAsync(PortalUnderTest portal, int minutes)
    {
        _time.Advance(TimeSpan.FromMinutes(minutes));
        await portal.LookAsync();
    }

    /// <summary>A gateway with a token of its own that hears a logger of a location.</summary>
    private async Task<PortalClient> GatewayAtAsync(PortalUnderTest portal, string gateway, string location)
    {
        var client = new PortalClient(portal.Address, await portal.Get<TokenIssuer>().IssueGatewayTokenAsync(gateway));
        var serial = Some.Serial();
        await client.BeatAsync(Some.Heartbeat(gateway));
        await client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(_time))));
        var tree = portal.Get<LocationDirectory>();
        if (!tree.Tree.All.Any(l => l.Name == location))
        {
            await portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, location);
        }

        var loggers = await portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything);
        var point = loggers.Single(l => l.Serial == serial).Point!;
        await portal.Get<PointPlacement>().PlaceAsync(
            Actor.Command, [new Seen(point.Id, point.Version)], tree.Tree.All.Single(l => l.Name == location).Id);
        return client;
    }

    private Task MeasureAsync(PortalUnderTest portal, string serial) =>
        portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(_time))));

    private static IEnumerable<AlarmLine> OfKind(IEnumerable<AlarmLine> all, RuleKind kind) => all.Where(a => a.Alarm.Kind == kind);
}
