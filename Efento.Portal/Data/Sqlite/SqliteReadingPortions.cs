using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// Reads portions from SQLite: day by day on which the logger was heard, quarter by quarter of an hour, each series by the key of its
/// readings. Nothing has to be sorted but the few readings of a quarter.
/// </summary>
internal sealed class SqliteReadingPortions(SqliteDatabase database) : IReadingPortions
{
    /// <summary>The readings after which a portion ends.</summary>
    internal const int EnoughReadings = 1_000;

    /// <summary>The most readings of a series within a quarter of an hour that one portion takes.</summary>
    internal const int MostOfQuarter = 1_000;

    /// <summary>The searches after which a portion ends: a logger may have measured once a day for years.</summary>
    private const int EnoughSearches = 8_192;

    private const string DaysSql = "SELECT day FROM logger_day WHERE logger_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day";

    private const string QuarterSql =
        """
        SELECT measured_at, value, status, flags, message_id, signal FROM reading
        WHERE quarter = ?1 AND series_id = ?2 AND measured_at >= ?3 AND measured_at < ?4 ORDER BY measured_at LIMIT ?5
        """;

    /// <inheritdoc/>
    public long? Read(int loggerId, IReadOnlyList<SeriesEntry> series, long fromMs, long toMs, List<SeriesReading> into)
    {
        if (fromMs >= toMs || series.Count == 0)
        {
            return null;
        }

        using var connection = database.OpenReader();
        using var transaction = connection.BeginTransaction(deferred: true);
        using var days = new SqliteStatement(connection, DaysSql);
        using var quarters = new SqliteStatement(connection, QuarterSql);
        var (first, last) = (Quarters.Of(fromMs), Quarters.Of(toMs - 1));
        var begin = into.Count;
        var searches = 0;
        days.Bind(1, loggerId).Bind(2, Hours.DayAt(fromMs)).Bind(3, Hours.DayAt(toMs - 1));
        while (days.Read())
        {
            var ofDay = days.GetInt64(0) * Quarters.PerDay;
            var end = Math.Min(last, ofDay + Quarters.PerDay - 1);
            for (var quarter = Math.Max(first, ofDay); quarter <= end; quarter++)
            {
                if (into.Count - begin >= EnoughReadings || searches >= EnoughSearches)
                {
                    return Quarters.StartMs(quarter);
                }

                searches += series.Count;
                if (ReadQuarter(quarters, quarter, series, fromMs, toMs, into) is { } nextMs)
                {
                    return nextMs;
                }
            }
        }

        return null;
    }

    /// <summary>Adds a quarter of an hour; returns where it goes on if it holds more than a portion takes.</summary>
    private static long? ReadQuarter(
        SqliteStatement rows, long quarter, IReadOnlyList<SeriesEntry> series, long fromMs, long toMs, List<SeriesReading> into)
    {
        var begin = into.Count;
        long? nextMs = null;
        rows.Bind(1, quarter).Bind(3, fromMs).Bind(4, toMs).Bind(5, (long)MostOfQuarter);
        foreach (var one in series)
        {
            var before = into.Count;
            rows.Bind(2, one.Id);
            while (rows.Read())
            {
                into.Add(new SeriesReading(one.Channel, one.Type, ReadingRow.Of(rows)));
            }

            if (into.Count - before == MostOfQuarter)
            {
                // The instant of the last one is left to the next portion: other series may have readings of it that are not read yet.
                nextMs = Math.Min(nextMs ?? long.MaxValue, into[^1].Reading.MeasuredAtMs);
            }
        }

        if (nextMs is { } limit)
        {
            into.RemoveAll(one => one.Reading.MeasuredAtMs >= limit);
        }

        if (series.Count > 1)
        {
            SortByTime(into, begin);
        }

        return nextMs;
    }

    /// <summary>Sorts by time and keeps the order of the series at the same time. There are few, and they are nearly in order.</summary>
    private static void SortByTime(List<SeriesReading> readings, int begin)
    {
        var sorted = readings.Skip(begin).OrderBy(one => one.Reading.MeasuredAtMs).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            readings[begin + i] = sorted[i];
        }
    }
}
