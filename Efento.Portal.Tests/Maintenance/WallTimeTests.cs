using Efento.Portal.Maintenance;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Maintenance;

/// <summary>What people type as time, over both nights in which Warsaw's clocks change in 2027.</summary>
public sealed class WallTimeTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData("2027-01-15T12:00", "2027-01-15 11:00")]
    [InlineData("2027-07-15T12:00", "2027-07-15 10:00")]
    [InlineData("2027-03-28T01:59", "2027-03-28 00:59")]
    [InlineData("2027-03-28T03:00", "2027-03-28 01:00")]
    [InlineData("2027-10-31T01:59", "2027-10-30 23:59")]
    [InlineData("2027-10-31T03:00", "2027-10-31 02:00")]
    public void Parse_TimeThatComesOnce_IsThatMoment(string typed, string utc)
    {
        var wall = WallTime.Parse(Warsaw, typed)!;

        Assert.Equal(utc, Assert.Single(wall.Moments).UtcDateTime.ToString("yyyy-MM-dd HH:mm"));
        Assert.Equal("", WallTimeWords.Remark(wall));
    }

    [Theory]
    [InlineData("2027-03-28T02:00", "03:00")]
    [InlineData("2027-03-28T02:30", "03:30")]
    [InlineData("2027-03-28T02:59", "03:59")]
    public void Parse_TimeSkippedInSpring_IsNoMomentAndSaysWhatToChoose(string typed, string instead)
    {
        var wall = WallTime.Parse(Warsaw, typed)!;

        Assert.True(wall.IsSkipped);
        Assert.Contains($"does not exist on 28 March 2027: clocks are put forward past it. Choose {instead}", WallTimeWords.Remark(wall));
    }

    [Theory]
    [InlineData("2027-10-31T02:00", "2027-10-31 00:00", "2027-10-31 01:00")]
    [InlineData("2027-10-31T02:59", "2027-10-31 00:59", "2027-10-31 01:59")]
    public void Parse_TimeThatComesTwiceInAutumn_IsBothInOrder(string typed, string first, string second)
    {
        var wall = WallTime.Parse(Warsaw, typed)!;

        Assert.Equal([first, second], wall.Moments.Select(m => m.UtcDateTime.ToString("yyyy-MM-dd HH:mm")));
        Assert.Contains("comes twice on 31 October 2027, as clocks are put back: first UTC+02:00, an hour later UTC+01:00", WallTimeWords.Remark(wall));
    }

    [Theory]
    [InlineData("2027-03-28T02:30", "28 marca 2027 nie ma godziny 02:30")]
    [InlineData("2027-10-31T02:30", "31 października 2027 godzina 02:30 występuje dwa razy")]
    public void Remark_InPolish_IsSaidInIt(string typed, string expected)
    {
        Languages.Use("pl");

        Assert.StartsWith(expected, WallTimeWords.Remark(WallTime.Parse(Warsaw, typed)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("28.3.2027 02:30")]
    [InlineData("2027-02-30T12:00")]
    [InlineData("2027-03-28T02:30Z")]
    public void Parse_NoTime_IsNull(string? typed) => Assert.Null(WallTime.Parse(Warsaw, typed));
}
