using System.Globalization;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Http.Extensions;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>The filter of the list of alarms, as addresses write it. What can't be read there counts as not given.</summary>
public sealed record AlarmChoice
{
    /// <summary>The answer yes of <see cref="Open"/>.</summary>
    internal const string Yes = "yes";

    /// <summary>The answer no of <see cref="Open"/>.</summary>
    internal const string No = "no";

    /// <summary>The times that reach until now.</summary>
    internal static readonly IReadOnlyDictionary<string, TimeSpan> Spans = new Dictionary<string, TimeSpan>
    {
        ["1d"] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
        ["1y"] = TimeSpan.FromDays(365),
    };

    /// <summary>The name of an <see cref="AlarmState"/>.</summary>
    public string? State { get; init; }

    /// <summary>"yes" for those that nobody has acknowledged, "no" for the others.</summary>
    public string? Open { get; init; }

    /// <summary>The name of an <see cref="AlarmLevel"/>.</summary>
    public string? Level { get; init; }

    /// <summary>The name of a <see cref="RuleKind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The key of a location.</summary>
    public int? Place { get; init; }

    /// <summary>The key of a measuring point.</summary>
    public int? Point { get; init; }

    /// <summary>Who acknowledged it or is on it.</summary>
    public string? Who { get; init; }

    /// <summary>A time that reaches until now: 1d, 7d, 30d or 1y.</summary>
    public string? Time { get; init; }

    /// <summary>The first day, as 2026-11-01: those that were over before it are left out.</summary>
    public string? From { get; init; }

    /// <summary>The last day: those that began after it are left out.</summary>
    public string? To { get; init; }

    /// <summary>Whether it leaves anything out.</summary>
    internal bool IsGiven => this != new AlarmChoice();

    /// <summary>Whether it names days, which begin at another moment in each time zone.</summary>
    internal bool HasDays => DayOf(From) is not null || DayOf(To) is not null;

    /// <summary>Whether it is about withdrawn ones.</summary>
    internal bool IsWithdrawn => Of<AlarmState>(State) is AlarmState.Withdrawn;

    /// <summary>The parameters of addresses; empty if there are none.</summary>
    internal string Query => new QueryBuilder(
        new (string Name, string? Value)[]
        {
            ("state", State), ("open", Open), ("level", Level), ("kind", Kind), ("place", $"{Place}"), ("point", $"{Point}"),
            ("who", Who), ("time", Time), ("from", From), ("to", To),
        }
        .Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value!))).ToString();

    /// <summary>The filter.</summary>
    /// <param name="nowUtc">The present time.</param>
    /// <param name="zone">The time zone of the days.</param>
    internal AlarmFilter Filter(DateTimeOffset nowUtc, TimeZoneInfo zone) => new()
    {
        State = Of<AlarmState>(State),
        IsOpen = IsWithdrawn ? null : Open switch { Yes => true, No => false, _ => null },
        Level = Of<AlarmLevel>(Level),
        Kind = Of<RuleKind>(Kind),
        LocationId = Place,
        PointId = Point,
        Person = string.IsNullOrEmpty(Who) ? null : Who,
        FromMs = Latest(StartOf(From, zone), Time is not null && Spans.TryGetValue(Time, out var span) ? nowUtc - span : null),
        ToMs = StartOf(To, zone, daysAfter: 1)?.ToUnixTimeMilliseconds(),
    };

    private static long? Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        (one > other ? one : other ?? one)?.ToUnixTimeMilliseconds();

    /// <summary>The beginning of a day in a zone, or of one some days after it; null if the text is no day.</summary>
    internal static DateTimeOffset? StartOf(string? text, TimeZoneInfo zone, int daysAfter = 0) =>
        DayOf(text) is { } day ? WallTime.StartOf(zone, day.AddDays(daysAfter)) : null;

    /// <summary>A day as 2026-11-01; null if the text is none.</summary>
    internal static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1970 and < 2200
            ? day
            : null;

    private static T? Of<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
