using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Telling;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>Who is told of an alarm, when, and who is not.</summary>
public sealed class TellingTests : NotificationContext
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Raised_FirstStepsAtOnce_LaterOnesAfterTheirTime()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();
        Assert.Equal(["raised anna@site.example"], Mail.Said);
        Assert.Equal(["raised"], Hook.Said);

        await PassAsync(TenMinutes - TimeSpan.FromSeconds(1));
        Assert.Single(Mail.Said);

        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["raised anna@site.example", "raised bert@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Acknowledged_LaterStepsHearNothing_AndThoseToldHearWho()
    {
        await ImportAsync(Usual);
        var alarm = await MeasureAsync(11);
        await SettleAsync();

        await AcknowledgeAsync(alarm!);
        await PassAsync(TenMinutes);

        Assert.Equal(["raised anna@site.example", "acknowledged anna@site.example"], Mail.Said);
        Assert.Contains("Acknowledged by chief@site.example: I look", Mail.Attempts[1].Text);
        Assert.Equal(["raised", "acknowledged"], Hook.Said);
        Assert.Equal(["1|mail|bert@site.example|5|2|0"], Deliveries("address = $0", Bert));
    }

    [Fact]
    public async Task Acknowledged_ByOneWhoWasTold_IsNotToldToThem()
    {
        await ImportAsync(Usual);
        var alarm = await MeasureAsync(11);
        await SettleAsync();

        await AcknowledgeAsync(alarm!, Anna.ToUpperInvariant());
        await SettleAsync();

        Assert.Equal(["raised anna@site.example"], Mail.Said);
        Assert.Equal(["raised", "acknowledged"], Hook.Said);
    }

    [Fact]
    public async Task Repeat_ComesAgain_UntilItIsAcknowledged()
    {
        await ImportAsync(Usual.Replace("\"steps\"", "\"repeat\":\"30m\",\"steps\"", StringComparison.Ordinal));
        var alarm = await MeasureAsync(11);
        await SettleAsync();
        await PassAsync(TenMinutes * 3);
        await PassAsync(TenMinutes);
        Assert.Equal(
            ["raised anna@site.example", "raised bert@site.example", "repeated anna@site.example", "repeated bert@site.example"], Mail.Said);
        Assert.Contains("Nobody has acknowledged it yet.", Mail.Attempts[2].Text);

        await AcknowledgeAsync(alarm!);
        await PassAsync(TenMinutes * 12);

        Assert.Equal(4, Mail.Said.Count(s => !s.StartsWith("acknowledged", StringComparison.Ordinal)));
        Assert.Empty(Deliveries("state IN (1, 2)"));
    }

    [Fact]
    public async Task Ended_IsTold_ToWhomTheBeginningWasTold()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();

        await MeasureAsync(5);
        await PassAsync(TenMinutes);

        Assert.Equal(["raised anna@site.example", "ended anna@site.example"], Mail.Said);
        Assert.Equal(["raised", "ended"], Hook.Said);
    }

    [Fact]
    public async Task Ended_BeforeTheBeginningWasSent_IsOneMessage()
    {
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        Mail.AnswerWith(RecordingSender.Accepted);

        await MeasureAsync(5);
        await PassAsync(TenMinutes);

        Assert.Equal(["raised anna@site.example", "ended anna@site.example"], Mail.Said);
        Assert.Equal(["1|mail|anna@site.example|5|1|1", "5|mail|anna@site.example|3||1"], Deliveries("address = $0", Anna));
    }

    [Fact]
    public async Task FoundAfterwards_IsOneMessage()
    {
        await ImportAsync(Usual);
        Time.Advance(TenMinutes);
        var at = Some.Now(Time);
        await Portal.Client.MeasureAsync(Some.Body(
            new[] { (-9, 5.0), (-6, 9), (-3, 11), (0, 5) }.Select(r => Some.Record(Serial, at.AddMinutes(r.Item1), r.Item2))));
        Assert.True((await Portal.AlarmsAsync()).Single().Alarm.IsFoundAfterwards);
        await PassAsync(TenMinutes);

        Assert.Equal(["ended anna@site.example"], Mail.Said);
        Assert.Equal(["ended"], Hook.Said);
    }

    [Fact]
    public async Task Rose_IsToldAtOnce_ToWhomTheWarningWasTold()
    {
        await ImportAsync(Usual);
        await MeasureAsync(7.5);
        await SettleAsync();

        await MeasureAsync(11);
        await PassAsync(TenMinutes);

        Assert.Equal(["raised anna@site.example", "rose anna@site.example", "raised bert@site.example"], Mail.Said);
        Assert.StartsWith("Got worse: Critical", Mail.Attempts[1].Subject);
        Assert.StartsWith("Krytyczny", Mail.Attempts[2].Subject);
    }

    [Fact]
    public async Task Rose_AfterItWasAcknowledged_BeginsTheChainAnew()
    {
        await ImportAsync(Usual);
        var alarm = await MeasureAsync(7.5);
        await SettleAsync();
        await AcknowledgeAsync(alarm!, Anna);

        await MeasureAsync(11);
        await SettleAsync();
        Assert.Equal(["raised anna@site.example", "rose anna@site.example"], Mail.Said);

        await PassAsync(TenMinutes);
        Assert.Equal("rose bert@site.example", Mail.Said[^1]);
    }

    [Fact]
    public async Task Level_BelowThatOfTheChain_IsNotTold()
    {
        await ImportAsync(Usual.Replace("\"level\":\"warning\"", "\"level\":\"critical\"", StringComparison.Ordinal));
        await MeasureAsync(7.5);
        await SettleAsync();
        Assert.Empty(Mail.Said);

        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal(["rose anna@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Place_TheNearestChainTells()
    {
        await MeasureAsync(5);
        await ImportAsync(Usual.Replace(
            "\"chains\":[", $$"""
            "chains":[{"key":"ward","place":"Hospital/Ward 1","level":"warning","steps":[{"people":["{{Bert}}"]}]},
            """, StringComparison.Ordinal));
        await PlaceAsync("Ward 1");

        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal(["raised bert@site.example"], Mail.Said);
        Assert.Empty(Hook.Said);
    }

    [Fact]
    public async Task Account_ThatMayNotSeeIt_IsNotTold()
    {
        await MeasureAsync(5);
        await ImportAsync(Usual.Replace(
            "\"chains\":[", """
            "chains":[{"key":"ward","place":"Hospital/Ward 1","level":"warning","steps":[{"channels":["hook"]}]},
            """, StringComparison.Ordinal));
        var ward = Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == "Ward 1").Id;
        await AccountAsync(Anna, new LocationLimit([ward]));
        await MeasureAsync(11);
        await PassAsync(TenMinutes);

        Assert.Equal(["raised bert@site.example"], Mail.Said);
    }

    [Fact]
    public async Task Account_ThatIsLimitedWhileItWaits_IsNotTold()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, "Office"));
        await AccountAsync(Bert, new LocationLimit([Portal.Get<LocationDirectory>().Tree.All.Single().Id]));
        await PassAsync(TenMinutes);

        Assert.Equal(["raised anna@site.example"], Mail.Said);
        Assert.Equal(["1|mail|bert@site.example|5|5|1"], Deliveries("address = $0", Bert));
    }

    [Fact]
    public void Cause_ExplainsIt_IsNotTold()
    {
        var alarm = AlarmOf(cause: 7);
        var telling = new AlarmTelling(alarm, [new(new("mail", Anna), "default", 0, null)], [], Time.GetUtcNow());

        telling.Take([EventOf(alarm, AlarmEventKind.Raised), EventOf(alarm, AlarmEventKind.Explained)]);
        alarm.EndedMs = 1;
        telling.Take([EventOf(alarm, AlarmEventKind.Ended)]);

        Assert.Empty(telling.Made);
    }

    [Fact]
    public void Cause_IsOver_WhatGoesOnIsTold()
    {
        var alarm = AlarmOf(cause: null);
        var telling = new AlarmTelling(alarm, [new(new("mail", Anna), "default", 0, null)], [], Time.GetUtcNow());

        telling.Take([EventOf(alarm, AlarmEventKind.Unexplained)]);

        Assert.Equal((Anna, DeliveryEvent.Raised), (Assert.Single(telling.Made).Address, telling.Made[0].Event));
    }

    [Fact]
    public void Cause_FoundLater_EndsWhatWaits_AndTheEndIsToldToWhomItWasTold()
    {
        var (alarm, now) = (AlarmOf(cause: null), Time.GetUtcNow());
        Appointment[] audience = [new(new("mail", Anna), "default", 0, null), new(new("mail", Bert), "default", 600_000, null)];
        var first = new AlarmTelling(alarm, audience, [], now);
        first.Take([EventOf(alarm, AlarmEventKind.Raised)]);
        first.Made[0].State = DeliveryState.Accepted;

        alarm.CauseId = 7;
        new AlarmTelling(alarm, audience, first.Made, now).Take([EventOf(alarm, AlarmEventKind.Explained)]);
        alarm.EndedMs = 1;
        var last = new AlarmTelling(alarm, audience, first.Made, now);
        last.Take([EventOf(alarm, AlarmEventKind.Ended)]);

        Assert.Equal(DeliveryEnd.Explained, first.Made[1].End);
        Assert.Equal((Anna, DeliveryEvent.Ended), (Assert.Single(last.Made).Address, last.Made[0].Event));
    }

    [Fact]
    public void Withdrawn_IsTold_ToWhomItWasTold()
    {
        var (alarm, now) = (AlarmOf(cause: null), Time.GetUtcNow());
        Appointment[] audience = [new(new("mail", Anna), "default", 0, null), new(new("mail", Bert), "default", 600_000, null)];
        var first = new AlarmTelling(alarm, audience, [], now);
        first.Take([EventOf(alarm, AlarmEventKind.Raised)]);
        first.Made[0].State = DeliveryState.Accepted;

        alarm.WithdrawnUtc = now;
        var last = new AlarmTelling(alarm, audience, first.Made, now);
        last.Take([EventOf(alarm, AlarmEventKind.Withdrawn)]);

        Assert.Equal((Anna, DeliveryEvent.Withdrawn), (Assert.Single(last.Made).Address, last.Made[0].Event));
        Assert.False(first.Made[1].IsOpen);
    }

    [Fact]
    public void WithoutChannels_NothingIsAskedOfTheDatabase()
    {
        var alarm = AlarmOf(cause: null);

        var taken = Portal.Get<IAlarmFollower>().TakeAsync(
            null!, [new(alarm, EventOf(alarm, AlarmEventKind.Raised))], CancellationToken.None);

        Assert.True(taken.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WithoutChannels_NoDeliveryIsWritten()
    {
        await MeasureAsync(11);
        await MeasureAsync(5);

        Assert.Empty(Deliveries());
    }

    private static Alarm AlarmOf(int? cause) => new()
    {
        Id = 3,
        Kind = RuleKind.Silence,
        Type = "",
        RuleId = 1,
        Level = AlarmLevel.Warning,
        LevelNow = AlarmLevel.Warning,
        BeganMs = 0,
        RaisedMs = 0,
        CompletedMs = 0,
        LastOutsideMs = 0,
        PeakMs = 0,
        CauseId = cause,
    };

    private static AlarmEvent EventOf(Alarm alarm, AlarmEventKind kind) => new() { AlarmId = alarm.Id, AtUtc = default, Kind = kind };

    private async Task AccountAsync(string address, LocationLimit limit) => Assert.Empty(
        await Portal.Get<UserAccounts>().AddAsync(Actor.Command, address, PortalUnderTest.AdminPassword, Role.Viewer, limit));

    private async Task PlaceAsync(string location)
    {
        var logger = (await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, Serial))!;
        var place = Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == location);
        Portal.Database.Execute($"UPDATE measuring_point SET location_id = {place.Id} WHERE id = {logger.Point!.Id}");
        await Portal.Get<LocationDirectory>().ReloadAsync();
    }
}
