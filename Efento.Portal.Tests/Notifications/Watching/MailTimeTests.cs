using Efento.Portal.Notifications.Watching;

namespace Efento.Portal.Tests.Notifications.Watching;

/// <summary>Each day has one moment for its mail, whatever the clocks do at night.</summary>
public sealed class MailTimeTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    /// <summary>Clocks are put forward on 29 March 2026 at two, and back on 25 October 2026 at three.</summary>
    [Theory]
    [InlineData("2026-03-27", 0)]
    [InlineData("2026-03-27", 2 * 60)]
    [InlineData("2026-03-27", (2 * 60) + 30)]
    [InlineData("2026-03-27", (23 * 60) + 59)]
    [InlineData("2026-10-23", 2 * 60)]
    [InlineData("2026-10-23", (2 * 60) + 30)]
    [InlineData("2026-10-23", 3 * 60)]
    public void LastDue_WhileClocksChange_IsEachDayOnce(string from, int minute)
    {
        var first = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        List<DateOnly> days = [];
        for (var now = Midnight(first); now < Midnight(first.AddDays(5)); now = now.AddMinutes(5))
        {
            var day = MailTime.LastDue(Warsaw, minute, now);
            if (days.Count == 0 || day != days[^1])
            {
                days.Add(day);
            }
        }

        Assert.Equal(days.Order().Distinct(), days);
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.Equal(pair.First.AddDays(1), pair.Second));
        Assert.Subset(days.ToHashSet(), Enumerable.Range(0, 4).Select(first.AddDays).ToHashSet());
    }

    [Theory]
    [InlineData("2026-03-29T01:00:00Z", 2 * 60, "2026-03-29")]
    [InlineData("2026-03-29T00:59:00Z", (2 * 60) + 30, "2026-03-28")]
    [InlineData("2026-03-29T01:00:00Z", (2 * 60) + 30, "2026-03-29")]
    [InlineData("2026-10-25T00:30:00Z", (2 * 60) + 30, "2026-10-25")]
    [InlineData("2026-10-25T00:29:00Z", (2 * 60) + 30, "2026-10-24")]
    public void LastDue_OfATimeThatIsSkippedOrThereTwice_IsTheFirstChance(string now, int minute, string day) => Assert.Equal(
        DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        MailTime.LastDue(Warsaw, minute, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
