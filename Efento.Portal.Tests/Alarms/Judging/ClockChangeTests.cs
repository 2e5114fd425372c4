using System.Globalization;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Judging;

/// <summary>Both nights on which clocks change, from the gateway's message over the real store to the list of alarms.</summary>
public sealed class ClockChangeTests
{
    private const string Zone = "Europe/Warsaw";
    private const string Spring = "2026-03-29";
    private const string Autumn = "2026-10-25";
    private const string NoSuchNight = "2026-06-17";

    /// <summary>In ms.</summary>
    private const long Hour = 3_600_000;

    /// <summary>When clocks change, in minutes after midnight (UTC).</summary>
    private const int ChangeAt = 60;

    private readonly string _serial = Some.Serial();

    /// <summary>Without a pause for an hour, from half an hour before the change on.</summary>
    [Theory]
    [InlineData(Spring)]
    [InlineData(Autumn)]
    public async Task Delay_IsAnHour(string day)
    {
        RuleConditions conditions = new(null, new() { High = 8, DelayMs = Hour });

        Assert.Equal(
            ["Critical 30 90 140"], await JudgedAsync(day, RuleKind.Limits, conditions, minute => minute is >= 30 and < 140 ? 9 : 5));
    }

    /// <summary>Twenty minutes of each hour, from an hour before midnight on, until they add up to an hour.</summary>
    [Theory]
    [InlineData(Spring)]
    [InlineData(Autumn)]
    public async Task Sum_CountsAsInAnyOtherNight(string day)
    {
        RuleConditions conditions = new(new() { High = 6, DelayMs = Hour, CumulativeInMs = 6 * Hour }, null);
        static double ValueAt(int minute) => minute >= -60 && (minute + 60) % 60 < 20 ? 7 : 5;

        var its = await JudgedAsync(day, RuleKind.Limits, conditions, ValueAt);

        Assert.Equal(await JudgedAsync(NoSuchNight, RuleKind.Limits, conditions, ValueAt), its);
        Assert.True(double.Parse(its[0].Split(' ')[2], CultureInfo.InvariantCulture) > ChangeAt, its[0]);
    }

    /// <summary>Too much within an hour, which begins before the change and ends after it.</summary>
    [Theory]
    [InlineData(Spring)]
    [InlineData(Autumn)]
    public async Task Rate_CountsAsInAnyOtherNight(string day)
    {
        RuleConditions conditions = new(null, new() { Change = 2.5, WithinMs = Hour });
        static double ValueAt(int minute) => 5 + (Math.Clamp(minute - 30, 0, 60) / 20.0);

        var its = await JudgedAsync(day, RuleKind.Rate, conditions, ValueAt);

        Assert.Equal(await JudgedAsync(NoSuchNight, RuleKind.Rate, conditions, ValueAt), its);
        Assert.Single(its);
    }

    /// <summary>A day of the list is one of the zone, of 23 or 25 hours. The hour that comes twice is told apart by its offset.</summary>
    [Theory]
    [InlineData(
        Spring, "2026-03-28T22:30Z 2026-03-28T23:30Z 2026-03-29T00:30Z 2026-03-29T01:30Z 2026-03-29T21:30Z 2026-03-29T22:30Z",
        "00:30 UTC+01:00, 01:30 UTC+01:00, 03:30 UTC+02:00, 23:30 UTC+02:00")]
    [InlineData(
        Autumn, "2026-10-24T21:30Z 2026-10-24T22:30Z 2026-10-25T00:30Z 2026-10-25T01:30Z 2026-10-25T22:30Z 2026-10-25T23:30Z",
        "00:30 UTC+02:00, 02:30 UTC+02:00, 02:30 UTC+01:00, 23:30 UTC+01:00")]
    public async Task List_OfTheDay_HasItsAlarmsAlone_WithTheirOffsets(string day, string excursions, string expected)
    {
        var begins = excursions.Split(' ').Select(At).ToList();
        await using var portal = await StartAsync(At(day).AddDays(2));
        await portal.RuleAsync(AlarmBench.Fridge());
        await portal.Client.MeasureAsync(Some.Body(
            from begin in begins
            from minute in new[] { -3, 0, 3 }
            select Some.Record(_serial, begin.AddMinutes(minute), minute == 0 ? 9 : 5)));
        Assert.Equal(begins.Count, (await AlarmsAsync(portal, new())).Count);

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var listed = await AlarmsAsync(portal, new AlarmChoice { From = day, To = day }.Filter(At(day).AddDays(2), zone));
        using var admin = await PeopleClient.SignedInAsync(portal);
        using var answer = await admin.GetAsync($"downloads/alarms.csv?from={day}&to={day}&zone={Zone}");
        var sheet = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(begins[1..^1].Select(b => b.ToUnixTimeMilliseconds()), listed.Select(l => l.Alarm.BeganMs).Order());
        var lines = sheet.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        Assert.Equal(expected.Split(", ").Reverse(), lines.Select(line => BeganOf(line.Split(','), day)));
    }

    private static string BeganOf(string[] cells, string day)
    {
        var at = Array.FindIndex(cells, cell => cell.StartsWith(day, StringComparison.Ordinal));
        return $"{cells[at][11..16]} {cells[at + 1]}";
    }

    /// <summary>
    /// The alarms of a night of readings every ten minutes, from four hours before midnight (UTC) on, as "level began completed ended" in
    /// minutes after midnight.
    /// </summary>
    private async Task<IReadOnlyList<string>> JudgedAsync(
        string day, RuleKind kind, RuleConditions conditions, Func<int, double> valueAt)
    {
        var midnight = At(day);
        await using var portal = await StartAsync(midnight.AddHours(8));
        await portal.RuleAsync(new RuleDraft { Kind = kind, Type = "temperature", Conditions = conditions });
        await portal.Client.MeasureAsync(Some.Body(
            from minute in Enumerable.Range(-24, 60).Select(i => 10 * i)
            select Some.Record(_serial, midnight.AddMinutes(minute), null, 600, "ok", [Some.Param(valueAt(minute))])));
        return
        [
            .. from line in await AlarmsAsync(portal, new() { Kind = kind })
               let alarm = line.Alarm
               select FormattableString.Invariant(
                   $"{alarm.Level} {Minutes(alarm.BeganMs)} {Minutes(alarm.CompletedMs)} {Minutes(alarm.EndedMs ?? 0)}"),
        ];

        double Minutes(long ms) => (ms - midnight.ToUnixTimeMilliseconds()) / 60_000.0;
    }

    private static async Task<IReadOnlyList<AlarmLine>> AlarmsAsync(PortalUnderTest portal, AlarmFilter filter)
    {
        await portal.AlarmsAsync();
        return await portal.Get<AlarmQuery>().ListAsync(SiteScope.Everything, filter, null, 100);
    }

    private static Task<PortalUnderTest> StartAsync(DateTimeOffset now) =>
        PortalUnderTest.StartAsync(new() { Time = new FakeTimeProvider(now) });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
