using System.Globalization;
using Efento.Portal.Backup;

namespace Efento.Portal.Tests.Backup;

/// <summary>When backups are made, above all in the nights in which clocks change, and which are kept.</summary>
public sealed class BackupScheduleTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData("2026-06-17T00:29:59Z", "2026-06-16T00:30:00Z", "2026-06-17T00:30:00Z")]
    [InlineData("2026-06-17T00:30:00Z", "2026-06-17T00:30:00Z", "2026-06-18T00:30:00Z")]
    [InlineData("2026-12-01T12:00:00Z", "2026-12-01T01:30:00Z", "2026-12-02T01:30:00Z")]

    // At 02:00 clocks show 03:00: half past two is skipped.
    [InlineData("2027-03-28T00:59:59Z", "2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z")]
    [InlineData("2027-03-28T01:00:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z")]

    // At 03:00 clocks show 02:00 again: half past two comes twice.
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("2026-10-26T01:29:59Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void Slots_AtHalfPastTwo_AreOneADay(string now, string before, string after)
    {
        var time = new TimeSpan(2, 30, 0);

        Assert.Equal(Utc(before), BackupSchedule.LastBefore(Utc(now), time, Warsaw));
        Assert.Equal(Utc(after), BackupSchedule.NextAfter(Utc(now), time, Warsaw));
    }

    /// <summary>Looked at each minute of a year, with a backup made whenever one is due.</summary>
    [Theory]
    [InlineData("02:30")]
    [InlineData("00:00")]
    [InlineData("02:00")]
    [InlineData("23:59")]
    public void Backups_OfAYear_AreOneForEachDay(string timeOfDay)
    {
        var time = TimeSpan.Parse(timeOfDay, CultureInfo.InvariantCulture);
        DateTimeOffset? made = Utc("2026-12-31T12:00:00Z");
        List<DateOnly> days = [];
        for (var now = made.Value; now < Utc("2027-12-31T12:00:00Z"); now = now.AddMinutes(1))
        {
            if (BackupSchedule.IsDue(BackupSchedule.LastBefore(now, time, Warsaw), made, made, now))
            {
                made = now;
                days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Warsaw).DateTime));
            }
        }

        Assert.Equal(365, days.Count);
        Assert.Equal(days.Distinct(), days);
    }

    [Fact]
    public void IsDue_MissedWhileThePortalWasOff_IsMadeLater() =>
        Assert.True(BackupSchedule.IsDue(Utc("2026-06-17T00:30:00Z"), Utc("2026-06-10T00:30:00Z"), null, Utc("2026-06-17T09:00:00Z")));

    [Fact]
    public void IsDue_AfterAFailure_AgainAfterAnHour()
    {
        var (slot, good, tried) = (Utc("2026-06-17T00:30:00Z"), Utc("2026-06-16T00:30:00Z"), Utc("2026-06-17T00:30:10Z"));

        Assert.False(BackupSchedule.IsDue(slot, good, tried, tried.AddMinutes(59)));
        Assert.True(BackupSchedule.IsDue(slot, good, tried, tried.AddMinutes(60)));
    }

    [Fact]
    public void Kept_OfAYearOfBackups_AreDaysWeeksAndMonths()
    {
        var last = Utc("2026-12-31T01:30:00Z");
        var all = Enumerable.Range(0, 365).Select(day => last.AddDays(-day)).ToList();

        var kept = BackupRetention.Kept(all, new(7, 5, 12), Warsaw);

        Assert.Equal(all.Take(7), all.Take(7).Where(kept.Contains));

        // Sundays, and the last days of months.
        Assert.Contains(Utc("2026-12-06T01:30:00Z"), kept);
        Assert.Contains(Utc("2026-01-31T01:30:00Z"), kept);
        Assert.DoesNotContain(Utc("2026-12-09T01:30:00Z"), kept);
        Assert.InRange(kept.Count, 18, 22);
    }

    [Fact]
    public void Kept_TwoOfOneDay_IsTheNewerOne_AndDaysBeginInTheSitesZone()
    {
        // A day of the site begins at 22:00 UTC in summer.
        DateTimeOffset[] all = [Utc("2026-06-16T21:59:00Z"), Utc("2026-06-16T22:01:00Z"), Utc("2026-06-17T10:00:00Z")];

        Assert.Equal([all[0], all[2]], BackupRetention.Kept(all, new(7, 0, 0), Warsaw).Order());
    }

    [Fact]
    public void Kept_AfterALongPause_CountsDaysThatHaveABackup()
    {
        DateTimeOffset[] all = [Utc("2026-01-01T01:30:00Z"), Utc("2026-01-02T01:30:00Z"), Utc("2026-06-17T00:30:00Z")];

        Assert.Equal(3, BackupRetention.Kept(all, new(3, 0, 0), Warsaw).Count);
    }

    [Theory]
    [InlineData("/b/efento-portal-20261129T013000Z.tar.gz", true)]
    [InlineData("/b/efento-portal-20261129T013000Z.backup", true)]
    [InlineData("/b/efento-portal-20261129T013000Z.tar.gz.part", false)]
    [InlineData("/b/efento-portal-latest.tar.gz", false)]
    [InlineData("/b/nightly", false)]
    public void TimeOf_OwnNamesAlone_AreKnown(string path, bool isOwn) =>
        Assert.Equal(isOwn ? Utc("2026-11-29T01:30:00Z") : null, BackupPaths.TimeOf(path));

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
