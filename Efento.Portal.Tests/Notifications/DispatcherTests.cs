using Efento.Portal.Alarms.Judging;
using Efento.Portal.Arrivals;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>What is written with an alarm is sent at least once, in order, whatever happens in between.</summary>
public sealed class DispatcherTests : NotificationContext
{
    private const string RefuseDeliveries =
        "CREATE TRIGGER refuses BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'no room'); END";

    private const string RefuseEvents =
        "CREATE TRIGGER refuses BEFORE INSERT ON alarm_event BEGIN SELECT RAISE(ABORT, 'no room'); END";

    private const string RefuseMarks =
        "CREATE TRIGGER refuses BEFORE UPDATE ON delivery WHEN NEW.state = 3 BEGIN SELECT RAISE(ABORT, 'no room'); END";

    [Theory]
    [InlineData(RefuseDeliveries)]
    [InlineData(RefuseEvents)]
    public async Task Commit_Fails_LeavesNeitherAlarmNorDelivery(string trigger)
    {
        await ImportAsync(Usual);
        Portal.Database.Execute(trigger);
        await Assert.ThrowsAnyAsync<Exception>(() => MeasureAsync(11));
        Assert.Equal((0, 0, 0), (Portal.Database.Count("alarm"), Portal.Database.Count("alarm_event"), Portal.Database.Count("delivery")));

        Portal.Database.Execute("DROP TRIGGER refuses");
        await Portal.Get<ArrivalFeed>().DeliverAsync(Portal.Get<AlarmEvaluator>());
        await SettleAsync();

        Assert.Equal(1, Portal.Database.Count("alarm"));
        Assert.Equal(["raised anna@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Commit_OfWhatIsNotJudgedByReadings_Fails_LeavesNeitherAlarmNorDelivery()
    {
        await ImportAsync(Usual);
        await Portal.Client.MeasureAsync("""{"measurements":[{"serial":""}]}""");
        Portal.Database.Execute(RefuseDeliveries);
        await Assert.ThrowsAnyAsync<Exception>(() => Portal.LookAsync());
        Assert.Equal((0, 0), (Portal.Database.Count("alarm"), Portal.Database.Count("delivery")));

        Portal.Database.Execute("DROP TRIGGER refuses");
        await Portal.LookAsync();
        await SettleAsync();

        Assert.Equal(["raised anna@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Commit_OfAnAcknowledgement_Fails_LeavesTheAlarmOpen()
    {
        await ImportAsync(Usual);
        var alarm = await MeasureAsync(11);
        await SettleAsync();
        Portal.Database.Execute(RefuseDeliveries);

        await Assert.ThrowsAnyAsync<Exception>(() => AcknowledgeAsync(alarm!));

        Assert.Equal(["1"], Portal.Database.Lines("SELECT acknowledged_utc IS NULL FROM alarm"));
        Assert.Equal(["1|mail|bert@site.example|1||0"], Deliveries("address = $0", Bert));
    }

    [Fact]
    public async Task Killed_BetweenCommitAndSend_IsSentAfterTheStart()
    {
        await ImportAsync(Usual);
        Mail.Hang();
        await MeasureAsync(11);
        await Until.TrueAsync(() => Mail.Attempts.Count == 1);

        await RestartAsync(() => Mail.AnswerWith(RecordingSender.Accepted));
        await SettleAsync();

        Assert.Equal(["raised anna@site.example", "raised anna@site.example"], Mail.Said);
        Assert.Single(Mail.Attempts.Select(a => a.Key).Distinct());
        Assert.Equal(["1|mail|anna@site.example|3||2"], Deliveries("address = $0", Anna));
    }

    [Fact]
    public async Task Killed_BetweenSendAndMark_IsRepeatedOnceWithTheSameKey()
    {
        await ImportAsync(Usual);
        Portal.Database.Execute(RefuseMarks);
        await MeasureAsync(11);
        await Until.TrueAsync(() => Mail.Attempts.Count == 1);

        await RestartAsync(() => Portal.Database.Execute("DROP TRIGGER refuses"));
        await SettleAsync();
        await PassAsync(TimeSpan.FromMinutes(9));

        Assert.Equal(2, Mail.Attempts.Count);
        Assert.Single(Mail.Attempts.Select(a => a.Key).Distinct());
        Assert.Equal(["1|mail|anna@site.example|3||2"], Deliveries("address = $0", Anna));
    }

    [Fact]
    public async Task Refused_IsNotTriedAgain_AndKeepsTheServersWords()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.Refused);
        await MeasureAsync(11);
        await PassAsync(TimeSpan.FromMinutes(9));

        Assert.Single(Mail.Attempts);
        Assert.Equal(["4|550 no such mailbox"], Portal.Database.Lines("SELECT state, answer FROM delivery WHERE address = $0", Anna));
    }

    [Fact]
    public async Task TryAgain_ComesBackSoonAndThenSlower_UntilItIsTaken()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        for (var attempts = 1; attempts < 4; attempts++)
        {
            Assert.Equal(attempts, Mail.Attempts.Count);
            await PassAsync(TimeSpan.FromSeconds(new[] { 6, 18, 36 }[attempts - 1]));
        }

        Mail.AnswerWith(RecordingSender.Accepted);
        await PassAsync(TimeSpan.FromSeconds(72));

        Assert.Equal(5, Mail.Attempts.Count);
        Assert.Single(Mail.Attempts.Select(a => a.Key).Distinct());
        Assert.Equal(["1|mail|anna@site.example|3||5"], Deliveries("address = $0", Anna));
    }

    [Fact]
    public async Task TryAgain_ForDays_HasFailed()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        await PassAsync(BackOff.GivesUpAfter);

        Assert.Equal(["4|451 greylisted"], Portal.Database.Lines("SELECT state, answer FROM delivery WHERE address = $0", Anna));
    }

    [Fact]
    public async Task Start_WhatWaitsForAnotherAttempt_IsDueAtOnce_AndLaterStepsAreNot()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();

        await RestartAsync(() => Mail.AnswerWith(RecordingSender.Accepted));
        await Until.TrueAsync(() => Deliveries("state = 3 AND address = $0", Anna).Count == 1);

        Assert.Equal(["raised anna@site.example", "raised anna@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Order_ALaterMessageWaitsForTheFormerOne()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        var alarm = await MeasureAsync(11);
        await SettleAsync();

        await AcknowledgeAsync(alarm!);
        await Until.TrueAsync(() => Deliveries("state = 3 AND channel = 'hook'").Count == 2);
        Assert.Equal(["raised anna@site.example"], Mail.Said);
        Assert.Empty((await Portal.Get<DeliveryQueue>().DueAsync(CancellationToken.None)).Channels);

        Mail.AnswerWith(RecordingSender.Accepted);
        await PassAsync(TimeSpan.FromSeconds(6));
        await SettleAsync();
        Assert.Equal(["raised anna@site.example", "raised anna@site.example", "acknowledged anna@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Hanging_ChannelDelaysNoOther()
    {
        await ImportAsync(Usual);
        Mail.Hang();
        await MeasureAsync(11);
        await MeasureAsync(11, Some.Serial());
        await MeasureAsync(11, Some.Serial());

        await Until.TrueAsync(() => Hook.Said.Count == 3);

        Assert.Empty(Deliveries("channel = 'mail' AND state = 3"));
    }

    [Fact]
    public async Task Hanging_Channel_HasAFewConnectionsAlone()
    {
        await ImportAsync(Usual);
        Mail.Hang();
        for (var i = 0; i < Dispatcher.MostAtOnce + 2; i++)
        {
            await MeasureAsync(11, Some.Serial());
        }

        await Until.TrueAsync(() => Hook.Said.Count == Dispatcher.MostAtOnce + 2 && Mail.Attempts.Count > 0);

        Assert.InRange(Mail.Attempts.Count, 1, Dispatcher.MostAtOnce);
    }

    [Fact]
    public async Task Stop_WhileAServerHangs_IsWithinFiveSeconds()
    {
        await ImportAsync(Usual);
        Mail.Hang();
        await MeasureAsync(11);
        await Until.TrueAsync(() => Mail.Attempts.Count == 1);

        var start = TimeProvider.System.GetTimestamp();
        await Portal.Hosted<Dispatcher>().StopAsync(CancellationToken.None);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(["1|mail|anna@site.example|2||1"], Deliveries("address = $0", Anna));
    }

    [Fact]
    public async Task Throwing_Sender_IsTriedAgain()
    {
        await ImportAsync(Usual);
        Mail.Answer = (_, _) => throw new InvalidOperationException("broken");
        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal(["1|1|broken"], Portal.Database.Lines("SELECT state, attempts, answer FROM delivery WHERE address = $0", Anna));
    }

    [Fact]
    public async Task Removed_PersonAndChannel_AreNotTold()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();

        await ImportAsync("""{"channels":[{"key":"hook","kind":"webhook","url":"https://site.example/hook","secret":null}]}""");
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["raised anna@site.example"], Mail.Said);
        Assert.Equal(["1|mail|bert@site.example|5|6|1"], Deliveries("address = $0", Bert));
    }

    [Fact]
    public async Task Delivery_IsPublishedToPages()
    {
        await ImportAsync(Usual);
        var heard = 0;
        using var listening = Portal.Get<LiveFeed>().Subscribe(
            [new LiveKey(LiveTopic.Delivery)],
            TimeSpan.Zero,
            () =>
            {
                Interlocked.Increment(ref heard);
                return Task.CompletedTask;
            });

        await MeasureAsync(11);

        await Until.TrueAsync(() => Volatile.Read(ref heard) > 0);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(3, 30)]
    [InlineData(4, 60)]
    [InlineData(5, 120)]
    [InlineData(8, 900)]
    [InlineData(1000, 900)]
    public void BackOff_EachAttempt_IsAboutItsTime(int attempts, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.After(attempts, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.8), BackOff.After(attempts, 0));
    }
}
