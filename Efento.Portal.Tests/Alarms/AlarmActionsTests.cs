using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.People;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms;

/// <summary>What people do about alarms, and what an alarm does then.</summary>
public sealed class AlarmActionsTests : IAsyncLifetime
{
    private static readonly Actor Anna = new(ActorKind.Person, "anna@portal.test");
    private static readonly Actor Bert = new(ActorKind.Person, "bert@portal.test");

    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    private AlarmActions Actions => _portal.Get<AlarmActions>();

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        var fridge = AlarmBench.Fridge();
        Assert.Empty(
            await _portal.Get<UserAccounts>().AddAsync(Actor.Command, Bert.Name, PortalUnderTest.AdminPassword, Role.Operator));
        Assert.Empty(
            await _portal.Get<UserAccounts>().AddAsync(Actor.Command, "viewer@portal.test", PortalUnderTest.AdminPassword, Role.Viewer));
        await _portal.RuleAsync(fridge with { Conditions = fridge.Conditions with { Warning = new() { High = 7 } } });
        await SendAsync(7.5);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Acknowledged_StaysActive_UntilTheGoodsAreInside()
    {
        Assert.True((await SayAsync(Anna, "I look")).IsDone);
        var alarm = await AlarmAsync();
        Assert.Equal((true, false, "anna@portal.test"), (alarm.IsActive, alarm.IsOpen, alarm.AcknowledgedBy));

        await SendAsync(5);

        Assert.False((await AlarmAsync()).IsActive);
    }

    [Fact]
    public async Task Acknowledged_ByTwoAtOnce_TheSecondSeesTheFirst()
    {
        var both = await Task.WhenAll(SayAsync(Anna, "I look"), SayAsync(Bert, "No, I"));

        var second = Assert.Single(both, b => !b.IsDone);
        Assert.Equal((AlarmFault.AlreadyAcknowledged, (await AlarmAsync()).AcknowledgedBy), (second.Fault, second.By));
    }

    [Fact]
    public async Task GetsWorse_AfterItWasAcknowledged_IsOpenAgain()
    {
        await SayAsync(Anna, "Delivery, I watch it");

        await SendAsync(9);

        var alarm = await AlarmAsync();
        Assert.Equal((true, AlarmLevel.Critical), (alarm.IsOpen, alarm.Level));
        Assert.Contains("Delivery, I watch it", _portal.Database.Lines("SELECT text FROM alarm_event WHERE kind = 11"));
    }

    [Fact]
    public async Task OnlyMoves_AfterItWasAcknowledged_StaysSo()
    {
        await SayAsync(Anna, "Delivery");

        await SendAsync(7.9);

        Assert.False((await AlarmAsync()).IsOpen);
    }

    [Fact]
    public async Task Closed_EndsForGood_AndALaterReadingBeginsAnew()
    {
        Assert.True((await Actions.CloseAsync(SiteScope.Everything, Anna, new(1), "Sensor was stolen")).IsDone);
        await SendAsync(9);

        var all = await _portal.AlarmsAsync();
        Assert.Equal(2, all.Count);
        Assert.Equal(AlarmEnd.Closed, all[1].Alarm.End);
        Assert.True(all[0].Alarm.IsActive);
        Assert.True(all[0].Alarm.BeganMs > all[1].Alarm.EndedMs);
    }

    [Fact]
    public async Task Snooze_IsBounded()
    {
        Assert.Equal(AlarmFault.SnoozeTooLong, (await SnoozeAsync(TimeSpan.FromHours(25))).Fault);
        Assert.Equal(AlarmFault.SnoozeTooLong, (await SnoozeAsync(TimeSpan.Zero)).Fault);
        for (var i = 0; i < AlarmActions.MostSnoozes; i++)
        {
            Assert.True((await SnoozeAsync(TimeSpan.FromHours(24))).IsDone);
        }

        Assert.Equal(AlarmFault.SnoozedTooOften, (await SnoozeAsync(TimeSpan.FromHours(1))).Fault);
    }

    [Fact]
    public async Task Snoozed_GetsWorse_IsQuietNoLonger()
    {
        for (var i = 0; i < AlarmActions.MostSnoozes; i++)
        {
            await SnoozeAsync(TimeSpan.FromHours(24));
        }

        await SendAsync(7.9);
        Assert.NotNull((await AlarmAsync()).SnoozedUntilUtc);
        await SendAsync(9);

        Assert.Null((await AlarmAsync()).SnoozedUntilUtc);
        Assert.True((await SnoozeAsync(TimeSpan.FromHours(1))).IsDone);
    }

    /// <summary>Nobody is called any more, so that a snooze would hold nothing, and would be shown beside what was said.</summary>
    [Fact]
    public async Task Snoozed_IsAcknowledged_EndsTheSnooze_AndItCantBeSnoozedAnyMore()
    {
        await SnoozeAsync(TimeSpan.FromHours(24));

        await SayAsync(Bert, "It is defrosted");

        Assert.Equal((null, 0), ((await AlarmAsync()).SnoozedUntilUtc, (await AlarmAsync()).Snoozes));
        var refused = await SnoozeAsync(TimeSpan.FromHours(1));
        Assert.Equal((AlarmFault.AlreadyAcknowledged, Bert.Name), (refused.Fault, refused.By));
    }

    [Fact]
    public async Task Snoozed_ThriceAndHandedOver_CantBeSnoozedAgain_ButTheNextAlarmCan()
    {
        for (var i = 0; i < AlarmActions.MostSnoozes; i++)
        {
            await SnoozeAsync(TimeSpan.FromHours(24));
        }

        await Actions.TakeOnAsync(SiteScope.Everything, Anna, new(1));
        await Actions.HandOverAsync(SiteScope.Everything, Anna, new(1), "bert@portal.test");
        Assert.Equal(AlarmFault.SnoozedTooOften, (await SnoozeAsync(TimeSpan.FromHours(1))).Fault);

        await SendAsync(5);
        await SendAsync(9);
        Assert.Equal(AlarmFault.Over, (await SnoozeAsync(TimeSpan.FromHours(1))).Fault);
        Assert.True((await Actions.SnoozeAsync(SiteScope.Everything, Anna, new(2), TimeSpan.FromHours(1), "Defrosting")).IsDone);
    }

    [Fact]
    public async Task TakenOn_AndHandedOver_IsTold()
    {
        await Actions.TakeOnAsync(SiteScope.Everything, Anna, new(1));
        Assert.Equal("anna@portal.test", (await AlarmAsync()).TakenBy);

        await Actions.HandOverAsync(SiteScope.Everything, Anna, new(1), "bert@portal.test");

        Assert.Equal("bert@portal.test", (await AlarmAsync()).TakenBy);
    }

    [Theory]
    [InlineData("viewer@portal.test")]
    [InlineData("nobody@portal.test")]
    public async Task HandedOver_ToSomebodyWhoMayNotAct_IsRefused(string to)
    {
        Assert.Equal(AlarmFault.NobodyThere, (await Actions.HandOverAsync(SiteScope.Everything, Anna, new(1), to)).Fault);

        Assert.Null((await AlarmAsync()).TakenBy);
    }

    [Fact]
    public async Task TakenOn_AsItWasBeforeSomebodyElseDid_IsRefused()
    {
        var seen = new SeenAlarm(1, (await AlarmAsync()).Version);
        await Actions.TakeOnAsync(SiteScope.Everything, Anna, seen);

        Assert.Equal(AlarmFault.ChangedMeanwhile, (await Actions.TakeOnAsync(SiteScope.Everything, Bert, seen)).Fault);
        Assert.Equal(Anna.Name, (await AlarmAsync()).TakenBy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Comment_IsAlwaysNeeded(string comment) =>
        Assert.Equal(AlarmFault.TextMissing, (await SayAsync(Anna, comment)).Fault);

    private Task<AlarmOutcome> SayAsync(Actor actor, string comment) =>
        Actions.AcknowledgeAsync(SiteScope.Everything, actor, 1, new Acknowledgement(comment));

    private Task<AlarmOutcome> SnoozeAsync(TimeSpan duration) =>
        Actions.SnoozeAsync(SiteScope.Everything, Anna, new(1), duration, "Defrosting");

    private async Task<Alarm> AlarmAsync() => Assert.Single(await _portal.AlarmsAsync()).Alarm;

    private async Task SendAsync(double value)
    {
        _time.Advance(TimeSpan.FromMinutes(3));
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Some.Now(_time), value)));
        await _portal.AlarmsAsync();
    }
}
