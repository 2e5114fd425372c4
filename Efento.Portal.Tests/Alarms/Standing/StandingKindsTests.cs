using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Standing;

/// <summary>Each kind of rule that is about a gateway, the portal or a signal raises its alarm and ends it.</summary>
public sealed class StandingKindsTests
{
    private const string Gateway = "282C00000001";

    private readonly FakeTimeProvider _time = new(Some.Start);

    [Fact]
    public async Task Disk_FreeSpaceBelowTheRule_IsAnAlarmWithBothFigures_UntilThereIsEnough()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(Rule("built-in-disk", RuleKind.Portal, RuleSubjects.Disk, new() { Below = 100 }));

        var alarm = Single(await portal.LookAsync(), RuleSubjects.Disk);
        Assert.Equal((100, true), (alarm.Limit, alarm.IsActive));
        Assert.InRange(alarm.Peak!.Value, 0, 100);

        await portal.RuleAsync(Rule("built-in-disk", RuleKind.Portal, RuleSubjects.Disk, new() { Below = 0.001 }));
        Assert.False(Single(await portal.LookAsync(), RuleSubjects.Disk).IsActive);
    }

    [Fact]
    public async Task Clock_ThatJumped_IsAnAlarmUntilAPersonConfirmsIt()
    {
        var time = new SteppedClock(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.LookAsync();
        time.Step(TimeSpan.FromDays(3));
        await portal.Get<ClockWatch>().LookAsync(CancellationToken.None);

        Assert.True(Single(await portal.LookAsync(), RuleSubjects.Clock).IsActive);

        Assert.Equal(ClockVerdict.Accepted, (await portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command)).Verdict);
        Assert.Equal(AlarmEnd.Inside, Single(await portal.LookAsync(), RuleSubjects.Clock).End);
    }

    [Fact]
    public async Task Clock_BehindTheNewestMessage_IsAnAlarmWhileGatewaysAreAnswered503()
    {
        var time = new SteppedClock(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        Assert.Equal(201, (await MeasureAsync(portal, time)).Status);
        Assert.Empty(await portal.LookAsync());
        time.Step(TimeSpan.FromDays(-1));

        Assert.Equal(503, (await MeasureAsync(portal, time)).Status);
        Assert.True(Single(await portal.LookAsync(), RuleSubjects.Clock).IsActive);

        // It is looked at every few seconds, which must not fill the log.
        Assert.DoesNotContain(portal.Log, line => line.Contains("Health check", StringComparison.Ordinal));

        Assert.Equal(ClockVerdict.Accepted, (await portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command)).Verdict);
        Assert.Equal(201, (await MeasureAsync(portal, time)).Status);
        Assert.Equal(AlarmEnd.Inside, Single(await portal.LookAsync(), RuleSubjects.Clock).End);
    }

    /// <summary>It began by a clock that was ahead, and goes on by one that is right. It does not end before it began.</summary>
    [Fact]
    public async Task Clock_SetBackAfterItJumped_IsOneAlarm()
    {
        var time = new SteppedClock(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        time.Step(TimeSpan.FromDays(3));
        await portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        Assert.Equal(201, (await MeasureAsync(portal, time)).Status);
        Assert.True(Single(await portal.LookAsync(), RuleSubjects.Clock).IsActive);

        time.Step(TimeSpan.FromDays(-3));
        await portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        Assert.True(Single(await portal.LookAsync(), RuleSubjects.Clock).IsActive);

        Assert.Equal(ClockVerdict.Accepted, (await portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command)).Verdict);
        var ended = Single(await portal.LookAsync(), RuleSubjects.Clock);
        Assert.Equal(AlarmEnd.Inside, ended.End);
        Assert.True(ended.EndedMs >= ended.BeganMs);
    }

    [Fact]
    public async Task Gateway_Restarted_IsAnAlarmForAQuarterOfAnHour()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(Rule("restarted", RuleKind.Gateway, RuleSubjects.Restarted, new()));
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        Assert.Empty(await portal.LookAsync());
        _time.Advance(TimeSpan.FromMinutes(4));
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway, uptimeSeconds: 20));

        Assert.True(Single(await portal.LookAsync(), RuleSubjects.Restarted).IsActive);

        for (var minute = 0; minute < 16; minute += 4)
        {
            _time.Advance(TimeSpan.FromMinutes(4));
            await portal.Client.BeatAsync(Some.Heartbeat(Gateway, uptimeSeconds: 20 + ((minute + 4) * 60)));
        }

        Assert.Equal(AlarmEnd.Inside, Single(await portal.LookAsync(), RuleSubjects.Restarted).End);
    }

    [Fact]
    public async Task Gateway_WithAWeakBattery_IsAnAlarmWithItsCharge_ThatRises_UntilItIsCharged()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(Rule(
            "battery", RuleKind.Gateway, RuleSubjects.LowBattery, new() { Below = 30 }, critical: new() { Below = 10 }));
        await BeatAsync(portal, 25);
        var alarm = Single(await portal.LookAsync(), RuleSubjects.LowBattery);
        Assert.Equal((AlarmLevel.Warning, 25.0, 30.0), (alarm.Level, alarm.Peak!.Value, alarm.Limit!.Value));

        await BeatAsync(portal, 5);
        Assert.Equal(AlarmLevel.Critical, Single(await portal.LookAsync(), RuleSubjects.LowBattery).Level);

        await BeatAsync(portal, 80);
        Assert.Equal(AlarmEnd.Inside, Single(await portal.LookAsync(), RuleSubjects.LowBattery).End);
    }

    [Fact]
    public async Task Signal_WeakerForLongerThanItMay_IsAnAlarmOfTheLogger_UntilItIsStrong()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(Rule("weak", RuleKind.Signal, null, new() { Below = -80, DelayMs = 6 * 60_000 }));
        var serial = Some.Serial();
        foreach (var minute in new[] { -9, -6, -3 })
        {
            await SendAsync(portal, serial, minute, -95);
        }

        var line = Assert.Single(await portal.AlarmsAsync());
        Assert.Equal((RuleKind.Signal, serial), (line.Alarm.Kind, line.Serial));
        Assert.Equal((-95.0, -80.0), (line.Alarm.Peak!.Value, line.Alarm.Limit!.Value));
        Assert.Equal(Some.Start.AddMinutes(-9).ToUnixTimeMilliseconds(), line.Alarm.BeganMs);

        await SendAsync(portal, serial, 0, -70);
        Assert.Equal(AlarmEnd.Inside, Assert.Single(await portal.AlarmsAsync()).Alarm.End);
    }

    /// <summary>What was warm when its gateway died stays an alarm of its own: it is never grouped away.</summary>
    [Fact]
    public async Task Gateway_Dies_AnExcursionBehindItHasItsOwnAlarm()
    {
        await using var portal = await StartAsync();
        await portal.RuleAsync(AlarmBench.Fridge());
        var (warm, well) = (Some.Serial(), Some.Serial());
        await portal.Client.BeatAsync(Some.Heartbeat(Gateway));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(warm, Some.Now(_time), 11), Some.Record(well, Some.Now(_time), 5)));
        for (var minute = 0; minute < 40; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await portal.LookAsync();
        }

        var all = await portal.AlarmsAsync();
        var cause = Assert.Single(all, a => a.Alarm.Type == RuleSubjects.Offline).Alarm;
        var excursion = Assert.Single(all, a => a.Alarm.Kind == RuleKind.Limits);
        Assert.Equal((warm, true, null), (excursion.Serial, excursion.Alarm.IsActive, excursion.Alarm.CauseId));
        Assert.Equal([cause.Id, cause.Id], all.Where(a => a.Alarm.Kind == RuleKind.Silence).Select(a => a.Alarm.CauseId!.Value));
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Time = _time });

    private static RuleDraft Rule(
        string key, RuleKind kind, string? type, LevelConditions warning, LevelConditions? critical = null) =>
        new() { Key = key, Kind = kind, Type = type, Conditions = new(warning, critical) };

    private static Alarm Single(IReadOnlyList<AlarmLine> all, string subject) => Assert.Single(all, a => a.Alarm.Type == subject).Alarm;

    private static Task<PortalReply> MeasureAsync(PortalUnderTest portal, SteppedClock time) =>
        portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(time), 5)));

    private static Task BeatAsync(PortalUnderTest portal, int charge) => portal.Client.BeatAsync(
        Some.Heartbeat(Gateway).Replace("\"battery\":100", $"\"battery\":{charge}", StringComparison.Ordinal));

    private static Task SendAsync(PortalUnderTest portal, string serial, int minute, int signal) => portal.Client.MeasureAsync(Some.Body(
        Some.Record(serial, Some.Start.AddMinutes(minute)).Replace("\"signal\":-70", $"\"signal\":{signal}", StringComparison.Ordinal)));
}
