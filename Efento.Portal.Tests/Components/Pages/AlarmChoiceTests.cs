using System.Globalization;
using Efento.Portal.Components.Pages.Alarms;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The filter of the list of alarms, as addresses write it.</summary>
public sealed class AlarmChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A night in which clocks change makes a day of 23 or 25 hours; in Cairo it begins an hour after midnight.</summary>
    [Theory]
    [InlineData("Europe/Warsaw", "2026-11-01", "2026-11-05", "2026-10-31T23:00Z", "2026-11-05T23:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-29", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("Europe/Warsaw", "2026-10-25", "2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-24", "2026-04-23T22:00Z", "2026-04-24T21:00Z")]
    [InlineData("Pacific/Honolulu", "2026-06-16", null, "2026-06-16T10:00Z", null)]
    [InlineData("Pacific/Honolulu", null, "2026-06-16", null, "2026-06-17T10:00Z")]
    public void Filter_Days_AreWholeDaysOfTheZone(string zone, string? from, string? to, string? expectedFrom, string? expectedTo)
    {
        var filter = new AlarmChoice { From = from, To = to }.Filter(Now, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal((MsOf(expectedFrom), MsOf(expectedTo)), (filter.FromMs, filter.ToMs));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-02-30")]
    [InlineData("01.11.2026")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("")]
    public void Filter_WhatIsNoDay_CountsAsNotGiven(string text)
    {
        var choice = new AlarmChoice { From = text, To = text };

        var filter = choice.Filter(Now, TimeZoneInfo.Utc);

        Assert.False(choice.HasDays);
        Assert.Equal((null, null), (filter.FromMs, filter.ToMs));
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-04T12:00Z")]
    [InlineData("2026-11-05", "2026-11-05T00:00Z")]
    public void Filter_DaysAndASpan_IsWhatBothLeave(string from, string expected) => Assert.Equal(
        MsOf(expected), new AlarmChoice { From = from, Time = "1d" }.Filter(Now, TimeZoneInfo.Utc).FromMs);

    [Fact]
    public void Query_HasTheDays() =>
        Assert.Equal("?from=2026-11-01&to=2026-11-05", new AlarmChoice { From = "2026-11-01", To = "2026-11-05" }.Query);

    private static long? MsOf(string? time) =>
        time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
