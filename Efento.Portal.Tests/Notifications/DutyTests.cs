using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Duty;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>Quiet hours and rotas, on nights too on which clocks change.</summary>
public sealed class DutyTests : NotificationContext
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    /// <summary>Whoever is on duty at once, and again after half an hour.</summary>
    private const string OnDuty = $$$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"}],
        "people":[{"email":"{{{Anna}}}","language":"en"},{"email":"{{{Bert}}}","language":"en"}],
        "rotas":[{"key":"night","zone":"UTC","from":"2026-06-10","handOver":"09:30","people":["{{{Anna}}}","{{{Bert}}}"]}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"onDuty":"night"}],"repeat":"30m"}]}
        """;

    [Theory]
    [InlineData("2026-06-17T21:59+02:00", null)]
    [InlineData("2026-06-17T22:00+02:00", "2026-06-18T06:00+02:00")]
    [InlineData("2026-06-18T05:59+02:00", "2026-06-18T06:00+02:00")]
    [InlineData("2026-06-18T06:00+02:00", null)]
    [InlineData("2026-03-28T23:00+01:00", "2026-03-29T06:00+02:00")]
    [InlineData("2026-10-24T23:00+02:00", "2026-10-25T06:00+01:00")]
    public void Quiet_OverNight_EndsByTheClockOnTheWall(string at, string? until) =>
        Assert.Equal(At(until), new QuietHours(22 * 60, 6 * 60).UntilAt(At(at)!.Value, Warsaw));

    /// <summary>Clocks go from 2:00 to 3:00 in spring, and from 3:00 to 2:00 in autumn.</summary>
    [Theory]
    [InlineData("2026-03-29T01:59+01:00", "2026-03-29T03:00+02:00")]
    [InlineData("2026-03-29T03:00+02:00", null)]
    [InlineData("2026-10-25T02:29+02:00", "2026-10-25T02:30+02:00")]
    [InlineData("2026-10-25T02:10+01:00", null)]
    public void Quiet_ThatEndsWhenClocksChange_EndsOnce(string at, string? until) =>
        Assert.Equal(At(until), new QuietHours(0, (2 * 60) + 30).UntilAt(At(at)!.Value, Warsaw));

    [Theory]
    [InlineData("2026-06-15T07:59+02:00", Bert)]
    [InlineData("2026-06-15T08:00+02:00", Anna)]
    [InlineData("2026-06-22T07:59+02:00", Anna)]
    [InlineData("2026-06-22T08:00+02:00", Bert)]
    [InlineData("2026-06-29T08:00+02:00", Anna)]
    [InlineData("2026-06-08T08:00+02:00", Bert)]
    [InlineData("2026-06-17T08:00+02:00", "cleo@site.example")]
    [InlineData("2026-06-18T07:59+02:00", "cleo@site.example")]
    [InlineData("2026-06-18T08:00+02:00", Anna)]
    public void Rota_TakesTurnsWeekByWeek_AndDaysOfSomebodyElse(string at, string person) =>
        Assert.Equal(person, RotaOf(new(2026, 6, 15), 8 * 60).OnDutyAt(At(at)!.Value));

    [Theory]
    [InlineData("2026-03-29T01:59+01:00", Bert)]
    [InlineData("2026-03-29T03:00+02:00", Anna)]
    public void Rota_HandOverThatIsSkippedInSpring_IsWhenClocksArePutForward(string at, string person) =>
        Assert.Equal(person, RotaOf(new(2026, 3, 29), (2 * 60) + 30).OnDutyAt(At(at)!.Value));

    [Theory]
    [InlineData("2026-10-25T02:29+02:00", Bert)]
    [InlineData("2026-10-25T02:30+02:00", Anna)]
    [InlineData("2026-10-25T02:10+01:00", Anna)]
    [InlineData("2026-10-25T02:40+01:00", Anna)]
    public void Rota_HandOverThatComesTwiceInAutumn_IsTheFirst(string at, string person) =>
        Assert.Equal(person, RotaOf(new(2026, 10, 25), (2 * 60) + 30).OnDutyAt(At(at)!.Value));

    [Fact]
    public void Rota_SaysWhoIsNext() => Assert.Equal(
        (At("2026-06-17T08:00+02:00")!.Value, "cleo@site.example"),
        RotaOf(new(2026, 6, 15), 8 * 60).NextAfter(At("2026-06-15T12:00+02:00")!.Value));

    [Fact]
    public async Task OnDuty_IsTold_AndAfterTheHandOverTheNextOne()
    {
        await ImportAsync(OnDuty);
        await MeasureAsync(11);
        await SettleAsync();
        Assert.Equal([$"raised {Anna}"], Mail.Said);

        await PassAsync(TimeSpan.FromMinutes(31));

        Assert.Equal([$"raised {Anna}", $"repeated {Bert}"], Mail.Said);
        Assert.Equal([$"3|mail|{Anna}|5|7|0"], Deliveries("state = 5"));
    }

    [Fact]
    public async Task OnDuty_StepAfterTheHandOver_IsForWhoeverIsOnDutyThen()
    {
        await ImportAsync(OnDuty.Replace("{\"onDuty\":\"night\"}", "{\"after\":\"20m\",\"onDuty\":\"night\"}", StringComparison.Ordinal));
        await MeasureAsync(11);
        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.Equal([$"raised {Bert}"], Mail.Said);
    }

    [Fact]
    public async Task OnDuty_ADayOfSomebodyElseThatIsEnteredMeanwhile_Counts()
    {
        await ImportAsync(OnDuty.Replace("{\"onDuty\":\"night\"}", "{\"after\":\"10m\",\"onDuty\":\"night\"}", StringComparison.Ordinal));
        await MeasureAsync(11);
        await SettleAsync();

        await ImportAsync(OnDuty.Replace("{\"onDuty\":\"night\"}", "{\"after\":\"10m\",\"onDuty\":\"night\"}", StringComparison.Ordinal)
            .Replace("\"handOver\"", $$"""
            "days":[{"day":"2026-06-16","person":"{{Bert}}"}],"handOver"
            """, StringComparison.Ordinal));
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal([$"raised {Bert}"], Mail.Said);
    }

    [Fact]
    public async Task Quiet_HoldsWarningsUntilItsEnd_AndTellsThemAtOnceInOneMessage()
    {
        await ImportAsync(QuietAnna);
        await MeasureAsync(7.5);
        await MeasureAsync(7.5, Some.Serial());
        await MeasureAsync(5);
        await PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(Mail.Said);

        await PassAsync(TimeSpan.FromHours(1));

        Assert.Equal("News of 2 alarms", Assert.Single(Mail.Attempts).Subject);
        Assert.Contains("Over: Warning", Mail.Attempts[0].Text);
    }

    [Fact]
    public async Task Quiet_NeverHoldsBackWhatIsCritical()
    {
        await ImportAsync(QuietAnna);
        await MeasureAsync(7.5);
        await SettleAsync();
        Assert.Empty(Mail.Said);

        await MeasureAsync(11);
        await SettleAsync();

        Assert.Equal([$"rose {Anna}"], Mail.Said);
    }

    [Fact]
    public async Task Quiet_WhatWasAcknowledgedMeanwhile_IsSaidAsThat()
    {
        await ImportAsync(QuietAnna);
        var alarm = await MeasureAsync(7.5);
        await AcknowledgeAsync(alarm!);
        await PassAsync(TimeSpan.FromHours(2));

        Assert.Equal([$"acknowledged {Anna}"], Mail.Said);
    }

    /// <summary>Anna alone, who wants to hear of nothing but critical alarms from 9:00 to 11:00 (UTC).</summary>
    private const string QuietAnna = $$$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"}],
        "people":[{"email":"{{{Anna}}}","language":"en","zone":"UTC","quiet":{"from":"09:00","to":"11:00"}}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"people":["{{{Anna}}}"]}]}]}
        """;

    private static DateTimeOffset? At(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    private static NotificationRota RotaOf(DateOnly from, int handOver) => new()
    {
        Key = "night",
        TimeZone = "Europe/Warsaw",
        FromDay = from,
        HandOverMinute = handOver,
        People = new([Anna, Bert], new Dictionary<DateOnly, string> { [new(2026, 6, 17)] = "cleo@site.example" }),
    };
}
