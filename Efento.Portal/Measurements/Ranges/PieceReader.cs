using Efento.Portal.Data;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Reads series on a connection of its own: days and hours where they are rolled up and lie within the range as a whole, readings where not.
/// </summary>
internal sealed class PieceReader : IDisposable
{
    private static readonly string ReadingsSql =
        $"""
        SELECT r.measured_at, {SqliteReadingStore.MeasurementSql}, r.message_id
        FROM logger_day d CROSS JOIN reading r ON {SqliteReadingStore.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6
        ORDER BY d.day, r.quarter, r.measured_at
        """;

    private static readonly string LastSql =
        $"""
        SELECT r.measured_at, {SqliteReadingStore.MeasurementSql}, r.message_id
        FROM logger_day d CROSS JOIN reading r ON {SqliteReadingStore.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6 AND {SqliteReadingStore.MeasurementSql} IS NOT NULL
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    private readonly SqliteConnection _connection;
    private readonly ReceiptTimes _receipts;
    private readonly SqliteStatement _readings;
    private readonly SqliteStatement _last;
    private readonly SqliteStatement _hours;
    private readonly SqliteStatement _days;
    private readonly SqliteStatement _quarter;
    private readonly SqliteStatement _lastDay;
    private readonly SqliteStatement _intervals;
    private readonly long _rolledBefore;

    /// <summary>Opens the connection.</summary>
    /// <param name="database">The database.</param>
    /// <param name="receipts">When messages were received.</param>
    /// <param name="rolledBefore">Hours before this one are rolled up.</param>
    public PieceReader(SqliteDatabase database, ReceiptTimes receipts, long rolledBefore)
    {
        _receipts = receipts;
        _rolledBefore = rolledBefore;
        _connection = database.OpenReader();
        _readings = new(_connection, ReadingsSql);
        _last = new(_connection, LastSql);
        _hours = new(_connection, RollupSql.Hours);
        _days = new(_connection, RollupSql.Days);
        _quarter = new(_connection, RollupSql.Quarter);
        _lastDay = new(_connection, RollupSql.LastDay);
        _intervals = new(_connection, SqliteReadingStore.IntervalsSql);
    }

    /// <summary>Adds what a series measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>) (Unix ms).</summary>
    public void Read(SeriesEntry series, long fromMs, long toMs, Resolution resolution, PieceBuffer into)
    {
        var from = Hours.From(fromMs);
        var to = Math.Min(Hours.Of(toMs), _rolledBefore);
        if (resolution is Resolution.Raw || from >= to)
        {
            ReadReadings(series, fromMs, toMs, into);
            return;
        }

        ReadReadings(series, fromMs, Hours.StartMs(from), into);
        ReadRolled(series, from, to, resolution, into);
        ReadReadings(series, Hours.StartMs(to), toMs, into);
    }

    /// <summary>Adds the hours of a series in [<paramref name="from"/>, <paramref name="to"/>), as they are rolled up.</summary>
    public void ReadHours(SeriesEntry series, long from, long to, PieceBuffer into) => ReadRows(_hours, series, from, to, into);

    /// <summary>Adds the readings of an hour of a series that were measured up to <paramref name="untilMs"/> (Unix ms).</summary>
    public void ReadHour(SeriesEntry series, long hour, long untilMs, PieceBuffer into)
    {
        var end = SqliteReadingStore.Quarter(Hours.StartMs(hour + 1));
        for (var quarter = SqliteReadingStore.Quarter(Hours.StartMs(hour)); quarter < end; quarter++)
        {
            _quarter.Bind(1, quarter).Bind(2, series.Id);
            while (_quarter.Read())
            {
                if (_quarter.GetInt64(0) <= untilMs)
                {
                    into.Add(Reading(_quarter));
                }
            }

            _quarter.Reset();
        }
    }

    /// <summary>
    /// The last value of a series measured in [<paramref name="fromMs"/>, <paramref name="beforeMs"/>) (Unix ms); null if there is none. Read from
    /// the readings of the last day or days that are not rolled up; one of long ago from the days.
    /// </summary>
    public Rollup? ReadLast(SeriesEntry series, long fromMs, long beforeMs)
    {
        var day = Hours.DayOf(Math.Min(Hours.Of(beforeMs), _rolledBefore));
        return ReadLastReading(series, Math.Max(fromMs, Hours.StartMs(day * Hours.PerDay)), beforeMs)
            ?? (ReadLastBefore(series, day) is { } last && last.LastMs >= fromMs ? last : null);
    }

    /// <summary>The intervals a logger named in a range, each from a time (Unix ms) on, in ms; empty if it named none.</summary>
    public List<NamedInterval> ReadIntervals(int loggerId, long fromMs, long toMs)
    {
        List<NamedInterval> intervals = [];
        _intervals.Bind(1, loggerId).Bind(2, fromMs).Bind(3, toMs);
        while (_intervals.Read())
        {
            intervals.Add(new NamedInterval(_intervals.GetInt64(0), 1_000 * _intervals.GetInt64(1)));
        }

        return intervals;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in (IDisposable[])[_readings, _last, _hours, _days, _quarter, _lastDay, _intervals, _connection])
        {
            owned.Dispose();
        }
    }

    private Rollup? ReadLastReading(SeriesEntry series, long fromMs, long beforeMs)
    {
        if (fromMs >= beforeMs)
        {
            return null;
        }

        Bind(_last, series, fromMs, beforeMs);
        Rollup? last = _last.Read() ? Reading(_last) : null;
        _last.Reset();
        return last;
    }

    private Rollup? ReadLastBefore(SeriesEntry series, long day)
    {
        _lastDay.Bind(1, series.Id).Bind(2, day);
        Rollup? last = _lastDay.Read() ? Rollup.Of(_lastDay.GetInt64(0), _lastDay.GetDouble(1) ?? double.NaN, _lastDay.GetInt64(0)) : null;
        _lastDay.Reset();
        return last;
    }

    private void ReadRolled(SeriesEntry series, long from, long to, Resolution resolution, PieceBuffer into)
    {
        var (firstDay, endDay) = (Hours.DayFrom(from), Hours.DayOf(to));
        if (resolution is Resolution.Hour || firstDay >= endDay)
        {
            ReadRows(_hours, series, from, to, into);
            return;
        }

        ReadRows(_hours, series, from, firstDay * Hours.PerDay, into);
        ReadRows(_days, series, firstDay, endDay, into);
        ReadRows(_hours, series, endDay * Hours.PerDay, to, into);
    }

    private void ReadReadings(SeriesEntry series, long fromMs, long toMs, PieceBuffer into)
    {
        if (fromMs >= toMs)
        {
            return;
        }

        Bind(_readings, series, fromMs, toMs);
        while (_readings.Read())
        {
            into.Add(Reading(_readings));
        }
    }

    private static void Bind(SqliteStatement rows, SeriesEntry series, long fromMs, long toMs) => rows
        .Bind(1, series.LoggerId).Bind(2, series.Id)
        .Bind(3, SqliteReadingStore.Day(fromMs)).Bind(4, SqliteReadingStore.Day(toMs - 1)).Bind(5, fromMs).Bind(6, toMs);

    private Rollup Reading(SqliteStatement row) =>
        Rollup.Of(row.GetInt64(0), row.GetDouble(1) ?? double.NaN, _receipts.ReceivedMs(row.GetInt64(2)));

    private static void ReadRows(SqliteStatement rows, SeriesEntry series, long from, long to, PieceBuffer into)
    {
        rows.Bind(1, series.Id).Bind(2, from).Bind(3, to);
        while (rows.Read())
        {
            into.Add(RollupRow.Read(rows, 0));
        }
    }
}

/// <summary>The measurement interval a logger named.</summary>
/// <param name="FromMs">From when on, Unix ms.</param>
/// <param name="IntervalMs">The interval in ms; 0 if it named none.</param>
internal readonly record struct NamedInterval(long FromMs, long IntervalMs);
