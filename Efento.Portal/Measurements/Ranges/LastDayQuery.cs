using System.Collections.Concurrent;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// The last 24 hours of many series at once. What was read is kept for every page until something came for an hour that is over, or something newer was
/// measured: then for <see cref="Least"/> at least, unless there was hardly anything yet. The time that goes by is taken in after <see cref="Most"/>.
/// </summary>
public sealed class LastDayQuery(SqliteDatabase database, SeriesDirectory series, LoggerDirectory loggers, RollupQueue rollups, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>How many hours, the running one included.</summary>
    public const int HourCount = 25;

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<int, Known> _known = new();

    /// <summary>The last 24 hours of these series by their keys; what whoever asks does not see is left out.</summary>
    public IReadOnlyDictionary<int, LastDay> Read(SiteScope scope, IEnumerable<int> seriesIds)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        Dictionary<int, LastDay> days = [];
        using var reader = new LastDayReader(database, loggers, rollups, receipts, nowMs);
        foreach (var id in seriesIds)
        {
            if (series.Find(id) is { } its && scope.SeesLogger(its.LoggerId))
            {
                days[id] = Since(Find(its, reader, now), scope.SinceUtc(its.LoggerId));
            }
        }

        return days;
    }

    private LastDay Find(SeriesEntry its, LastDayReader reader, DateTimeOffset now)
    {
        if (!_known.TryGetValue(its.Id, out var known) || !known.Holds(its, now))
        {
            // Before anything is read: what comes meanwhile is read again.
            var (newest, late, rolled) = (its.NewestMs, its.LateCount, its.LateRolledUp);
            _known[its.Id] = known = new Known(reader.Read(its, late == rolled), newest, late, now);
        }

        return known.Day;
    }

    private static LastDay Since(LastDay day, DateTimeOffset sinceUtc) =>
        sinceUtc.ToUnixTimeMilliseconds() is var since && since <= day.FromMs ? day : day with
        {
            Hours = [.. day.Hours.Where(h => h.FirstMs >= since)],
            Gaps = [.. day.Gaps.Where(g => g.ToMs > since).Select(g => g with { FromMs = Math.Max(since, g.FromMs) })],
        };

    private sealed record Known(LastDay Day, long? NewestMs, int LateCount, DateTimeOffset ReadUtc)
    {
        public bool Holds(SeriesEntry its, DateTimeOffset now) =>
            now >= ReadUtc && Hours.Of(now.ToUnixTimeMilliseconds()) == Hours.Of(ReadUtc.ToUnixTimeMilliseconds())
            && its.LateCount == LateCount
            && now - ReadUtc < (its.NewestMs == NewestMs ? Most : Day.Hours.Count < 2 ? TimeSpan.Zero : Least);
    }
}
