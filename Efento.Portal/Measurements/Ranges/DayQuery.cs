using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>Figures by days of a calendar: 23 and 25 hours where clocks are put forward and back.</summary>
public sealed class DayQuery(RangeReader ranges, SeriesDirectory series, PointHistory points)
{
    /// <summary>The figures of each day and channel of a point that a logger measured at, by day and then by channel and type.</summary>
    /// <param name="scope">Whoever asks.</param>
    /// <param name="pointId">The measuring point.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day, included.</param>
    /// <param name="zone">Whose calendar.</param>
    /// <param name="cancellationToken">Ends it between two channels.</param>
    public async Task<IReadOnlyList<DayStatistics>> ReadPointAsync(
        SiteScope scope, int pointId, DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        List<(DateOnly Day, Stretch Time)> days = [];
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            days.Add((day, new Stretch(BeginMs(day, zone), BeginMs(day.AddDays(1), zone))));
        }

        if (days.Count == 0)
        {
            return [];
        }

        var spans = await points.SpansAsync(scope, pointId, cancellationToken);
        return await Task.Run(
            () =>
            {
                List<DayStatistics> found = [];
                foreach (var channel in ChannelSpans.Of(spans, series, new Stretch(days[0].Time.FromMs, days[^1].Time.ToMs)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    found.AddRange(days.Zip(ranges.ReadStatistics(channel.Type, channel.Spans, days.Select(d => d.Time)))
                        .Where(d => d.Second is { } its && its.Count + its.WithoutValue > 0)
                        .Select(d => new DayStatistics(d.First.Day, channel.Channel, channel.Type, d.Second!)));
                }

                return (IReadOnlyList<DayStatistics>)[.. found.OrderBy(d => d.Day).ThenBy(d => d.Channel).ThenBy(d => d.Type.Key, StringComparer.Ordinal)];
            },
            cancellationToken);
    }

    /// <summary>When a day begins: at midnight, the first of two where it comes twice, and after a midnight that is skipped.</summary>
    private static long BeginMs(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, zone.IsInvalidTime(midnight) ? zone.GetUtcOffset(midnight.AddHours(-12)) : offset).ToUnixTimeMilliseconds();
    }
}
