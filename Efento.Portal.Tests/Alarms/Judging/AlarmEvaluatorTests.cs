using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Judging;

/// <summary>Messages over HTTP become alarms on record, once, with the right begin, end and peak.</summary>
public sealed class AlarmEvaluatorTests
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task Excursion_OverHttp_IsAnAlarm()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await portal.RuleAsync(AlarmBench.Fridge());

        await SendAsync(portal, (-9, 5), (-6, 9), (-3, 11), (0, 6));

        var alarm = Assert.Single(await portal.AlarmsAsync());
        Assert.Equal(At(-6), alarm.Alarm.BeganMs);
        Assert.Equal(At(-9), alarm.Alarm.BeganAfterMs);
        Assert.Equal(At(0), alarm.Alarm.EndedMs);
        Assert.Equal((11.0, 8.0, AlarmLevel.Critical), (alarm.Alarm.Peak, alarm.Alarm.Limit, alarm.Alarm.Level));
        Assert.Equal((_serial, _serial, RuleKind.Limits), (alarm.Serial, alarm.Point!.Name, alarm.Alarm.Kind));
    }

    [Fact]
    public async Task Alarm_ThatMerelyGoesOn_IsNotWrittenWithEachReading()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await portal.RuleAsync(AlarmBench.Fridge());
        await SendAsync(portal, (-12, 5), (-9, 11));
        var raised = Assert.Single(await portal.AlarmsAsync()).Alarm;
        var written = portal.Get<AlarmBoard>().Version;

        await SendAsync(portal, (-6, 9));
        await SendAsync(portal, (-3, 11));
        await portal.AlarmsAsync();
        Assert.Equal(written, portal.Get<AlarmBoard>().Version);

        await SendAsync(portal, (0, 5));
        var ended = Assert.Single(await portal.AlarmsAsync()).Alarm;
        Assert.Equal((raised.Id, At(-3), At(0)), (ended.Id, ended.LastOutsideMs, ended.EndedMs!.Value));
    }

    [Fact]
    public async Task Alarm_ThatGoesOnAheadOfTheClock_IsClosedAfterItsLastReading()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await portal.RuleAsync(AlarmBench.Fridge());
        await SendAsync(portal, (-3, 5), (0, 9));
        Assert.Single(await portal.AlarmsAsync());

        await SendAsync(portal, (0.5, 9));

        Assert.Equal(At(0.5), Assert.Single(await portal.AlarmsAsync()).Alarm.LastOutsideMs);
    }

    [Fact]
    public async Task Excursion_OverARestart_IsOneAlarm()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await portal.RuleAsync(AlarmBench.Fridge(delay: 6));
        await SendAsync(portal, (-9, 5), (-6, 9));
        await portal.AlarmsAsync();
        await portal.RestartAsync();
        await SendAsync(portal, (-3, 9), (0, 10));
        await portal.AlarmsAsync();
        await portal.RestartAsync();
        _time.Advance(TimeSpan.FromMinutes(3));
        await SendAsync(portal, (3, 5));

        var alarm = Assert.Single(await portal.AlarmsAsync());

        Assert.Equal((At(-6), At(0), At(3)), (alarm.Alarm.BeganMs, alarm.Alarm.CompletedMs, alarm.Alarm.EndedMs!.Value));
        Assert.Equal(["1", "4"], portal.Database.Lines("SELECT kind FROM alarm_event ORDER BY id"));
    }

    [Fact]
    public async Task WhatWasNotJudgedBeforeACrash_IsJudgedFromTheLedger()
    {
        using var data = new TemporaryDirectory();
        var start = new PortalStart { Time = _time, DataDirectory = data.Path };
        await using (var portal = await PortalUnderTest.StartAsync(start))
        {
            await portal.RuleAsync(AlarmBench.Fridge());
            await SendAsync(portal, (-6, 5));
            await SendAsync(portal, (-3, 9));
            await portal.AlarmsAsync();
        }

        var database = new PortalDatabase(data.Path);
        database.Execute(
            "UPDATE arrival_cursor SET last_message_id = (SELECT min(id) FROM message) WHERE consumer = 'alarms'; DELETE FROM alarm");
        await using var again = await PortalUnderTest.StartAsync(start);

        Assert.Equal(At(-3), Assert.Single(await again.AlarmsAsync()).Alarm.BeganMs);
    }

    [Theory]
    [InlineData("DELETE FROM alarm", "1")]
    [InlineData("SELECT 1", "0")]
    public async Task LedgerNoLongerHoldsWhatWasNotJudged_StartsOverFromReadingsAndSaysSo(string before, string raisedAgain)
    {
        using var data = new TemporaryDirectory();
        var start = new PortalStart { Time = _time, DataDirectory = data.Path };
        await using (var portal = await PortalUnderTest.StartAsync(start))
        {
            await portal.RuleAsync(AlarmBench.Fridge());
            await SendAsync(portal, (-9, 5));
            await SendAsync(portal, (-6, 9));
            await SendAsync(portal, (-3, 10));
            await portal.AlarmsAsync();
        }

        new PortalDatabase(data.Path).Execute(
            $"""
            UPDATE arrival_cursor SET last_message_id = (SELECT min(id) FROM message) WHERE consumer = 'alarms';
            DELETE FROM message WHERE id < (SELECT max(id) FROM message);
            DELETE FROM alarm_event;
            {before}
            """);
        await using var again = await PortalUnderTest.StartAsync(start);

        var alarm = Assert.Single(await again.AlarmsAsync()).Alarm;
        Assert.Equal((At(-6), 10.0, true), (alarm.BeganMs, alarm.Peak, alarm.IsActive));
        Assert.Equal(raisedAgain, $"{again.Database.Count("alarm_event")}");
        Assert.Contains(again.Log, line => line.Contains("judged again", StringComparison.Ordinal));
        Assert.Contains("began anew at", (await again.Client.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartingOver_EndedOnTheWay_IsDoneAgain()
    {
        const int Loggers = 150;
        using var data = new TemporaryDirectory();
        var start = new PortalStart { Time = _time, DataDirectory = data.Path };
        await using (var portal = await PortalUnderTest.StartAsync(start))
        {
            await portal.RuleAsync(AlarmBench.Fridge());
            await portal.Client.MeasureAsync(Some.Body(
                Enumerable.Range(0, Loggers).Select(_ => Some.Record(Some.Serial(), Some.Start.AddMinutes(-6), 9))));
            await SendAsync(portal, (-3, 5));
            Assert.Equal(Loggers, (await portal.AlarmsAsync()).Count);
        }

        new PortalDatabase(data.Path).Execute(
            """
            UPDATE arrival_cursor SET last_message_id = (SELECT min(id) FROM message) - 1 WHERE consumer = 'alarms';
            DELETE FROM message WHERE id < (SELECT max(id) FROM message);
            DELETE FROM alarm_event;
            DELETE FROM alarm;
            """);
        var failing = new FailsAfterTheFirst();
        await using (var portal = await PortalUnderTest.StartAsync(
            start with { Customise = builder => builder.Services.AddSingleton<IAlarmFollower>(failing) }))
        {
            await Until.TrueAsync(() => failing.HasFailed);
            Assert.InRange(portal.Database.Count("alarm"), 1, Loggers - 1);
        }

        await using var again = await PortalUnderTest.StartAsync(start);

        Assert.Equal(Loggers, (await again.AlarmsAsync()).Count);
    }

    [Fact]
    public async Task Portal_StartedAgainBeforeAnythingArrived_JudgesNothingAgain()
    {
        using var data = new TemporaryDirectory();
        var start = new PortalStart { Time = _time, DataDirectory = data.Path };
        await using (await PortalUnderTest.StartAsync(start))
        {
        }

        await using var again = await PortalUnderTest.StartAsync(start);

        Assert.DoesNotContain(again.Log, line => line.Contains("judged again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readings_Purged_LeaveTheirAlarmsWithTheirFigures()
    {
        await using var portal = await PortalUnderTest.StartAsync(new()
        {
            Time = _time,
            Settings = { ["Portal:Retention:Readings"] = "365.00:00:00" },
        });
        await portal.RuleAsync(AlarmBench.Fridge());
        await SendAsync(portal, (-9, 5), (-6, 11), (-3, 5));
        var before = Assert.Single(await portal.AlarmsAsync()).Alarm;
        _time.AdjustTime(Some.Start.AddDays(500));
        await SendAsync(portal, (500 * 24 * 60, 5));
        await portal.CatchUpAsync();

        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);

        Assert.Single(portal.ReadingsOf(_serial));
        var after = Assert.Single(await portal.AlarmsAsync()).Alarm;
        Assert.Equal((before.BeganMs, before.EndedMs, before.Peak, before.Limit), (after.BeganMs, after.EndedMs, after.Peak, after.Limit));
    }

    [Fact]
    public async Task Readings_OfBeforeThePortalJudgedAny_AreNotJudged()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await SendAsync(portal, (-9, 20), (-6, 20));
        await portal.AlarmsAsync();
        portal.Database.Execute("UPDATE alarm_start SET after_message = (SELECT max(id) FROM message)");
        await portal.RestartAsync();
        await portal.RuleAsync(AlarmBench.Fridge());
        await SendAsync(portal, (-3, 20));

        Assert.Equal(At(-3), Assert.Single(await portal.AlarmsAsync()).Alarm.BeganMs);
    }

    [Fact]
    public async Task Rule_InForceFromAnEarlierTime_JudgesThePast()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await SendAsync(portal, (-9, 5), (-6, 9), (-3, 5));
        Assert.Empty(await portal.AlarmsAsync());

        await portal.RuleAsync(AlarmBench.Fridge());

        await Until.TrueAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return (await portal.AlarmsAsync()).Count == 1;
        });
        Assert.True(Assert.Single(await portal.AlarmsAsync()).Alarm.IsFoundAfterwards);
    }

    private Task SendAsync(PortalUnderTest portal, params (double Minute, double Value)[] readings) => portal.Client.MeasureAsync(
        Some.Body(readings.Select(r => Some.Record(_serial, Some.Start.AddMinutes(r.Minute), r.Value))));

    private static long At(double minute) => Some.Start.AddMinutes(minute).ToUnixTimeMilliseconds();

    /// <summary>Lets the second transaction of alarms fail, and all later ones.</summary>
    private sealed class FailsAfterTheFirst : IAlarmFollower
    {
        private int _taken;

        public bool HasFailed => Volatile.Read(ref _taken) > 1;

        public Task TakeAsync(PortalDbContext db, IReadOnlyCollection<AlarmStep> steps, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _taken) > 1 ? throw new InvalidOperationException("Not now.") : Task.CompletedTask;

        public void Committed()
        {
        }
    }
}
