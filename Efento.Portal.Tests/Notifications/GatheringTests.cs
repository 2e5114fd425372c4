using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Arrivals;
using Efento.Portal.Devices;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Notifications.Telling;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>What follows a message to the same person is said in one, and the ledger has each all the same.</summary>
public sealed class GatheringTests : NotificationContext
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task First_GoesAtOnce_AndTheOthersFollowInOneMessage()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();
        await MeasureAsync(11, Some.Serial());
        await MeasureAsync(11, Some.Serial());
        await MeasureAsync(11, Some.Serial());
        await SettleAsync();
        Assert.Equal(["raised anna@site.example"], Mail.Said);

        await PassAsync(Minute);

        Assert.Equal(2, Mail.Attempts.Count);
        Assert.Equal("Critical: 3 alarms", Mail.Attempts[1].Subject);
        Assert.Equal(3, Mail.Attempts[1].Text.Split('\n').Count(line => line.Contains("Temperature above", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ledger_HasEachDelivery_AndWhichMessageCarriedIt()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();
        await MeasureAsync(11, Some.Serial());
        await MeasureAsync(11, Some.Serial());
        await PassAsync(Minute);

        Assert.Equal(
            ["1|3|", "2|3|", "3|3|4"],
            Portal.Database.Lines("SELECT alarm_id, state, carrier_id FROM delivery WHERE address = $0 ORDER BY id", Anna)
                .Select(line => line.Replace($"|{CarrierOf(2)}", "|4", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Programs_GetEachEventByItself_AtOnce()
    {
        await ImportAsync(Usual);
        for (var i = 0; i < 3; i++)
        {
            await MeasureAsync(11, Some.Serial());
        }

        await SettleAsync();

        Assert.Equal(["raised", "raised", "raised"], Hook.Said);
    }

    [Fact]
    public async Task Refused_ForAll_IsTriedAgainAsOneMessage()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11, Some.Serial());
        await MeasureAsync(11, Some.Serial());
        await PassAsync(Minute);
        Mail.AnswerWith(RecordingSender.Accepted);

        await PassAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(3, Mail.Attempts.Count);
        Assert.Equal((Mail.Attempts[1].Key, Mail.Attempts[1].Text), (Mail.Attempts[2].Key, Mail.Attempts[2].Text));
        Assert.Empty(Deliveries("state <> 3 AND due_utc <= $0", Time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task FollowUp_OfTheOneAlarm_IsNotHeld()
    {
        await ImportAsync(Usual);
        await MeasureAsync(7.5);
        await SettleAsync();

        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal(["raised anna@site.example", "rose anna@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Many_OfAsManyCauses_AreTwoMessages_AndAllInTheLedger()
    {
        await ImportAsync(Usual);
        var serials = Enumerable.Range(0, 500).Select(_ => Some.Serial()).ToList();
        foreach (var some in serials.Chunk(50))
        {
            await Portal.Client.MeasureAsync(Some.Body(some.Select(s => Some.Record(s, Some.Now(Time), 11))));
            await Portal.AlarmsAsync();
        }

        await SettleAsync();
        await PassAsync(Minute);

        Assert.InRange(Mail.Attempts.Count, 1, 2);
        Assert.Equal(500, Portal.Database.Count("alarm"));
        Assert.Equal(500, Deliveries("address = $0 AND state = 3", Anna).Count);
        Assert.Contains("more", Mail.Attempts[^1].Text);
    }

    /// <summary>A gateway dies, and with it everything that 500 loggers would have said.</summary>
    [Fact]
    public async Task Many_OfOneCause_AreOneMessage_AndTheRecordOfEachIsComplete()
    {
        await ImportAsync(Usual);
        var serials = Enumerable.Range(0, 500).Select(_ => Some.Serial()).ToList();
        await Portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        foreach (var some in serials.Chunk(100))
        {
            await Portal.Client.MeasureAsync(Some.Body(some.Select(s => Some.Record(s, Some.Now(Time), 5))));
        }

        for (var minute = 0; minute < 40; minute++)
        {
            Time.Advance(Minute);
            await Portal.LookAsync();
        }

        await SettleAsync();
        await PassAsync(Minute);

        var message = Assert.Single(Mail.Attempts, m => m.Recipient == Anna);
        Assert.Contains("Offline", message.Subject);
        Assert.Equal(500, Portal.Database.Lines("SELECT id FROM alarm WHERE cause_id IS NOT NULL").Count);
    }

    [Fact]
    public async Task Recovered_AtOnce_IsSaidInOne()
    {
        await ImportAsync(Usual);
        var serials = Enumerable.Range(0, 3).Select(_ => Some.Serial()).ToList();
        await TakeAsync(serials, 11);
        await SettleAsync();
        Time.Advance(Minute);

        await TakeAsync(serials, 5);
        await PassAsync(Minute);

        Assert.Equal(["Critical: 3 alarms", "Over: 3 alarms"], Mail.Attempts.Where(m => m.Recipient == Anna).Select(m => m.Subject));
    }

    [Fact]
    public async Task Flapping_IsToldOnce_AndThenOnlyWhatLasts()
    {
        await ImportAsync(Usual);
        for (var i = 0; i < Flapping.Most + 3; i++)
        {
            await FlapAsync();
        }

        Assert.Equal(Flapping.Most, Mail.Said.Count(s => s == $"raised {Anna}"));
        Assert.Equal(1, Mail.Said.Count(s => s == $"flapping {Anna}"));
        Assert.Equal(Flapping.Most + 3, Portal.Database.Count("alarm"));

        await MeasureAsync(11);
        await SettleAsync();
        Assert.Equal(Flapping.Most, Mail.Said.Count(s => s == $"raised {Anna}"));
        await PassAsync(Flapping.Lasts);
        Assert.Equal(Flapping.Most + 1, Mail.Said.Count(s => s == $"raised {Anna}"));
    }

    [Fact]
    public async Task Snoozed_HoldsTheStepsAndRepeatsThatWouldCome()
    {
        await ImportAsync(Usual.Replace("\"steps\"", "\"repeat\":\"30m\",\"steps\"", StringComparison.Ordinal));
        var alarm = await MeasureAsync(11);
        await SettleAsync();
        await SnoozeAsync(alarm!, TimeSpan.FromHours(1));

        await PassAsync(TimeSpan.FromMinutes(20));
        await PassAsync(TimeSpan.FromMinutes(39));
        Assert.Equal(["raised anna@site.example"], Mail.Said);

        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Contains("raised bert@site.example", Mail.Said);
        Assert.Equal(1, Mail.Said.Count(s => s == "repeated anna@site.example"));
    }

    [Fact]
    public async Task TakenOn_IsToldToThoseWhoWereTold_ButNotToWhoeverIsOnIt()
    {
        await ImportAsync(Usual.Replace("\"after\":\"10m\"", "\"after\":\"0m\"", StringComparison.Ordinal));
        var alarm = await MeasureAsync(11);
        await SettleAsync();

        await TakeOnAsync(alarm!, Anna);
        await SettleAsync();
        Assert.Equal("takenOn bert@site.example", Mail.Said[^1]);
        Assert.StartsWith("anna@site.example już się tym zajmuje", Mail.Attempts[^1].Subject);

        await TakeOnAsync(alarm!, "chief@site.example");
        await SettleAsync();
        Assert.Equal(["takenOn anna@site.example", "takenOn bert@site.example"], Mail.Said.Skip(3).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task BackFill_IsToldWhenItHasComeToRest()
    {
        await ImportAsync(Usual);
        Time.Advance(TimeSpan.FromDays(3));
        await BackFillAsync(TimeSpan.FromDays(2));
        await PassAsync(TimeSpan.FromSeconds(30));
        await BackFillAsync(TimeSpan.FromDays(1.5));
        await PassAsync(TimeSpan.FromSeconds(45));
        Assert.Empty(Mail.Said);

        await PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("Found in late measurements, long over: 2 alarms", Assert.Single(Mail.Attempts).Subject);
        await PassAsync(TimeSpan.FromMinutes(20));
        Assert.Single(Mail.Attempts);
    }

    /// <summary>Nothing changes about the alarm, but the gateway still hands over what it kept.</summary>
    [Fact]
    public async Task BackFill_WhileReadingsArrive_IsNotTold_ButNoLongerThanTenMinutes()
    {
        await ImportAsync(Usual);
        Time.Advance(TimeSpan.FromDays(3));
        await BackFillAsync(TimeSpan.FromDays(2));
        var began = Time.GetUtcNow();
        for (var i = 0; Time.GetUtcNow() - began < LateReadings.LongestWait - TimeSpan.FromSeconds(30); i++)
        {
            await KeepFillingAsync(i);
            Assert.Empty(Mail.Said);
        }

        await KeepFillingAsync(99);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([$"foundLate {Anna}"], Mail.Said);
    }

    [Fact]
    public async Task BackFill_OfHoursAgo_IsToldAsOver_AndOfDaysAgoInAMessageOfItsOwn_WithoutAChain()
    {
        await ImportAsync(Usual);
        Time.Advance(TimeSpan.FromDays(3));
        await BackFillAsync(TimeSpan.FromDays(2));
        await BackFillAsync(TimeSpan.FromHours(23));

        await PassAsync(TimeSpan.FromSeconds(61));
        await PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal([$"ended {Anna}", $"foundLate {Anna}"], Mail.Said.Order(StringComparer.Ordinal));
        var late = Mail.Attempts.Single(m => m.EventType == "alarm.foundLate");
        Assert.StartsWith("Long over: Critical", late.Subject);
        Assert.Contains("It was found in measurements that arrived late.", late.Text);
        Assert.Null(Efento.Portal.Notifications.Channels.Urgency.Of(late));
    }

    /// <summary>The fridge is warm now, while the gateway hands over what it kept.</summary>
    [Fact]
    public async Task BackFill_HoldsBackNoAlarmThatGoesOn()
    {
        await ImportAsync(Usual);
        Time.Advance(TimeSpan.FromDays(3));
        await BackFillAsync(TimeSpan.FromDays(2));
        await KeepFillingAsync(0);

        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal([$"raised {Anna}"], Mail.Said);
        await KeepFillingAsync(1);
        await PassAsync(TimeSpan.FromSeconds(61));
        Assert.Equal([$"raised {Anna}", $"foundLate {Anna}"], Mail.Said);
    }

    /// <summary>It may be over by the next message of the gateway, or may go on until now.</summary>
    [Fact]
    public async Task BackFill_ThatEndsInACriticalAlarm_IsToldAfterAMinute_WhateverElseArrives()
    {
        await ImportAsync(Usual);
        Time.Advance(TimeSpan.FromDays(1));
        var at = Some.Now(Time).AddHours(-2);
        await StoreAsync((at.AddMinutes(-6), 5.0), (at.AddMinutes(-3), 11), (at, 11));
        await PassAsync(TimeSpan.FromSeconds(40));
        Assert.Empty(Mail.Said);

        await StoreAsync((at.AddMinutes(3), 11.5), (at.AddMinutes(6), 12));
        await PassAsync(TimeSpan.FromSeconds(21));

        Assert.Equal([$"raised {Anna}"], Mail.Said);
    }

    [Fact]
    public async Task FoundLate_IsToldOnce_NotItsAcknowledgement()
    {
        await ImportAsync(Usual);
        Time.Advance(TimeSpan.FromDays(3));
        await BackFillAsync(TimeSpan.FromDays(2));
        await PassAsync(TimeSpan.FromSeconds(61));
        var alarm = Assert.Single(await Portal.AlarmsAsync());

        await AcknowledgeAsync(alarm);
        await SettleAsync();

        Assert.Equal([$"foundLate {Anna}"], Mail.Said);
    }

    [Fact]
    public async Task Flapping_Critical_ThatGoesOn_IsToldAfterTwoMinutes_AndAWarningAfterTen()
    {
        await ImportAsync(Usual);
        for (var i = 0; i < Flapping.Most + 1; i++)
        {
            await FlapAsync();
        }

        var told = Mail.Said.Count;
        await MeasureAsync(11);
        await PassAsync(Flapping.CriticalLasts - TimeSpan.FromSeconds(5));
        Assert.Equal(told, Mail.Said.Count);

        await PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal($"raised {Anna}", Mail.Said[^1]);
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)),
            (Flapping.LastsOf(AlarmLevel.Critical), Flapping.LastsOf(AlarmLevel.Warning)));
    }

    [Fact]
    public void Course_IsFlapping_FromTheSixthWithinAnHourOn() => Assert.Equal(
        [Course.Usual, Course.Usual, Course.BeginsToFlap, Course.Flaps], new[] { 1, 5, 6, 7 }.Select(Flapping.Of));

    [Fact]
    public void Gathering_NeverHoldsLongerThanAMinute()
    {
        var now = Some.Start;
        var recent = DeliveryOf(1, now.AddSeconds(-70), begun: now.AddSeconds(-10));
        var (waits, waited) = (DeliveryOf(2, now.AddSeconds(-59)), DeliveryOf(3, now.AddSeconds(-60)));

        var held = new Gathering([waits], [recent], now).Run();
        var sent = new Gathering([waits, waited], [recent], now).Run();

        Assert.Equal(now.AddSeconds(1), held.Held[waits]);
        Assert.Equal([waits, waited], Assert.Single(sent.Messages));
    }

    private static Delivery DeliveryOf(int alarm, DateTimeOffset due, DateTimeOffset? begun = null) => new()
    {
        Id = alarm,
        Key = $"msg_{alarm}",
        AlarmId = alarm,
        Event = DeliveryEvent.Raised,
        Channel = "mail",
        Address = Anna,
        Chain = "default",
        QueuedUtc = due,
        DueUtc = due,
        NextUtc = due,
        BegunUtc = begun,
    };

    private string CarrierOf(int alarm) =>
        Portal.Database.Lines("SELECT id FROM delivery WHERE address = $0 AND alarm_id = $1", Anna, alarm).Single();

    /// <summary>An alarm that is over before the next one begins, told alone each time.</summary>
    private async Task FlapAsync()
    {
        await MeasureAsync(11);
        await SettleAsync();
        await MeasureAsync(5);
        await SettleAsync();
        await PassAsync(TimeSpan.FromSeconds(61));
    }

    private async Task TakeAsync(IEnumerable<string> serials, double value)
    {
        await Portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, Some.Now(Time), value))));
        await Portal.AlarmsAsync();
    }

    private async Task BackFillAsync(TimeSpan ago)
    {
        var at = Some.Now(Time) - ago;
        await Portal.Client.MeasureAsync(Some.Body(
            new[] { (-9, 5.0), (-6, 9), (-3, 11), (0, 5) }.Select(r => Some.Record(Serial, at.AddMinutes(r.Item1), r.Item2))));
        await Portal.AlarmsAsync();
    }

    /// <summary>Older readings follow, in which nothing is wrong.</summary>
    private async Task KeepFillingAsync(int part)
    {
        await StoreAsync((Some.Now(Time).AddHours(-30).AddMinutes(part), 5.0));
        await PassAsync(TimeSpan.FromSeconds(30));
    }

    private async Task StoreAsync(params (DateTimeOffset At, double Value)[] readings)
    {
        await Portal.Client.MeasureAsync(Some.Body(readings.Select(r => Some.Record(Serial, r.At, r.Value))));
        await Portal.AlarmsAsync();
        await Portal.Get<ArrivalFeed>().DeliverAsync(Portal.Get<BackFills>());
    }

    private async Task SnoozeAsync(AlarmLine line, TimeSpan time) => Assert.True((await Portal.Get<AlarmActions>().SnoozeAsync(
        SiteScope.Everything, new Actor(ActorKind.Person, "chief@site.example"), new SeenAlarm(line.Alarm.Id), time, "I look")).IsDone);

    private async Task TakeOnAsync(AlarmLine line, string who) => Assert.True((await Portal.Get<AlarmActions>().TakeOnAsync(
        SiteScope.Everything, new Actor(ActorKind.Person, who), new SeenAlarm(line.Alarm.Id))).IsDone);
}
