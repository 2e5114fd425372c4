using System.Collections.Concurrent;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// The last 24 hours of many series at once, from the rollups of their hours. What was read is kept for every page: until something newer was
/// measured, but for <see cref="Least"/> at least; and for <see cref="Most"/> at most, since what comes late changes no latest value.
/// </summary>
public sealed class LastDayQuery(SqliteDatabase database, SeriesDirectory series, RollupQueue rollups, ReceiptTimes receipts, TimeProvider time)
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
        using var reader = new Reader(database, rollups, receipts, nowMs);
        foreach (var id in seriesIds)
        {
            if (series.Find(id) is { } its && scope.SeesLogger(its.LoggerId))
            {
                days[id] = Since(Find(its, reader, now), scope.SinceUtc(its.LoggerId));
            }
        }

        return days;
    }

    private LastDay Find(SeriesEntry its, Reader reader, DateTimeOffset now)
    {
        if (!_known.TryGetValue(its.Id, out var known) || !known.Holds(its, now))
        {
            var newest = its.NewestMs;
            _known[its.Id] = known = new Known(reader.Read(its), newest, now);
        }

        return known.Day;
    }

    private static LastDay Since(LastDay day, DateTimeOffset sinceUtc) =>
        sinceUtc.ToUnixTimeMilliseconds() is var since && since <= day.FromMs ? day : day with { Hours = [.. day.Hours.Where(h => h.FirstMs >= since)] };

    private sealed record Known(LastDay Day, long? NewestMs, DateTimeOffset ReadUtc)
    {
        public bool Holds(SeriesEntry its, DateTimeOffset now) =>
            now >= ReadUtc && Hours.Of(now.ToUnixTimeMilliseconds()) == Hours.Of(ReadUtc.ToUnixTimeMilliseconds())
            && now - ReadUtc < (its.NewestMs == NewestMs ? Most : Least);
    }

    /// <summary>Opens the database once for all that is not known yet, and not at all if everything is.</summary>
    private sealed class Reader(SqliteDatabase database, RollupQueue rollups, ReceiptTimes receipts, long nowMs) : IDisposable
    {
        private readonly long _first = Hours.Of(nowMs) - HourCount + 1;
        private readonly long _rolled = Math.Min(rollups.RolledBefore, Hours.Of(nowMs) + 1);
        private (Microsoft.Data.Sqlite.SqliteConnection Connection, SqliteStatement Hours, SqliteStatement Quarter)? _open;

        public LastDay Read(SeriesEntry its)
        {
            var (_, hours, quarter) = _open ??= Open();
            List<Rollup> found = [];
            hours.Bind(1, its.Id).Bind(2, _first).Bind(3, _rolled);
            while (hours.Read())
            {
                Add(found, RollupRow.Read(hours, 0));
            }

            hours.Reset();
            for (var hour = Math.Max(_first, _rolled); hour <= Hours.Of(nowMs); hour++)
            {
                Add(found, ReadHour(quarter, its, hour));
            }

            return new LastDay(its.Type, Hours.StartMs(_first), nowMs, found);
        }

        public void Dispose()
        {
            if (_open is var (connection, hours, quarter))
            {
                hours.Dispose();
                quarter.Dispose();
                connection.Dispose();
            }
        }

        private Rollup ReadHour(SqliteStatement quarter, SeriesEntry its, long hour)
        {
            var all = default(Rollup);
            var first = SqliteReadingStore.Quarter(Hours.StartMs(hour));
            for (var of = first; of < SqliteReadingStore.Quarter(Hours.StartMs(hour + 1)); of++)
            {
                quarter.Bind(1, of).Bind(2, its.Id);
                while (quarter.Read())
                {
                    var measuredMs = quarter.GetInt64(0);
                    if (measuredMs <= nowMs)
                    {
                        all = all.Then(Rollup.Of(measuredMs, quarter.GetDouble(1) ?? double.NaN, receipts.ReceivedMs(quarter.GetInt64(2))), its.Type.Kind);
                    }
                }

                quarter.Reset();
            }

            return all;
        }

        private static void Add(List<Rollup> found, Rollup hour)
        {
            if (hour.Count > 0)
            {
                found.Add(hour);
            }
        }

        private (Microsoft.Data.Sqlite.SqliteConnection Connection, SqliteStatement Hours, SqliteStatement Quarter) Open()
        {
            var connection = database.OpenReader();
            return (connection, new SqliteStatement(connection, RollupSql.Hours), new SqliteStatement(connection, RollupSql.Quarter));
        }
    }
}
