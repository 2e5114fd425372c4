using System.Globalization;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class TimeViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 10, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7d", null, null, "7d")]
    [InlineData("nonsense", null, null, "24h")]
    [InlineData("1h", "yesterday", "today", "1h")]
    [InlineData("1h", "2026-10-25T12:00:00Z", "2026-10-25T11:00:00Z", "1h")]
    public void Of_WhatIsNoTime_IsTheRange(string? range, string? from, string? to, string expected) =>
        Assert.Equal(expected, TimeView.Of(range, from, to).Range?.Key);

    [Fact]
    public void Of_ItsOwnQuery_IsTheSameView()
    {
        var view = TimeView.Between(Noon, Noon.AddMinutes(90));
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(view.Query);

        Assert.Equal(view, TimeView.Of(null, query["from"], query["to"]));
        Assert.False(view.IsLive);
    }

    [Fact]
    public void Between_AMoment_IsAMinuteAroundIt() =>
        Assert.Equal(
            (Noon.AddSeconds(-30), Noon.AddSeconds(30)), TimeView.Between(Noon, Noon) is var view ? (view.FromUtc, view.ToUtc) : default);

    [Fact]
    public void Zoomed_Closer_KeepsTheMiddle() =>
        Assert.Equal(new ChartView(Noon.AddHours(1), Noon.AddHours(3)), TimeView.Zoomed(new(Noon, Noon.AddHours(4)), 0.5));

    [Theory]
    [InlineData("2026-02-10T15:30Z", "2026-06-20T09:00Z", "2026-02-09T23:00Z", "2026-06-20T22:00Z")]
    [InlineData("2026-02-09T23:00Z", "2026-06-20T22:00Z", "2026-02-09T23:00Z", "2026-06-20T22:00Z")]
    [InlineData("2026-02-10T15:30Z", "2026-11-28T12:00Z", "2026-02-09T23:00Z", "2026-11-28T12:00Z")]
    [InlineData("2026-06-01T12:00Z", "2026-08-30T12:00Z", "2026-06-01T12:00Z", "2026-08-30T12:00Z")]
    public void WholeDays_LongRange_BeginsAndEndsAtMidnightButForToday(string from, string to, string expectedFrom, string expectedTo)
    {
        static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

        Assert.Equal(
            new ChartView(At(expectedFrom), At(expectedTo)),
            TimeView.WholeDays(new(At(from), At(to)), TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"), At("2026-11-28T18:00Z")));
    }

    [Fact]
    public void Moved_Earlier_KeepsTheLength() =>
        Assert.Equal(new ChartView(Noon.AddHours(-2), Noon.AddHours(2)), TimeView.Moved(new(Noon, Noon.AddHours(4)), -0.5));
}
