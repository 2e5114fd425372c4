using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Reads readings and rollups of series. A range of readings is read by way of the days on which the logger was heard.</summary>
internal sealed class SqliteSegmentRows(SqliteConnection connection, ReceiptTimes receipts) : ISegmentRows
{
    private static readonly string ReadingsSql =
        $"""
        SELECT r.measured_at, {ReadingSql.Measurement}, r.message_id
        FROM logger_day d CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6
        ORDER BY d.day, r.quarter, r.measured_at
        """;

    private static readonly string LastSql =
        $"""
        SELECT r.measured_at, {ReadingSql.Measurement}, r.message_id
        FROM logger_day d CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6 AND {ReadingSql.Measurement} IS NOT NULL
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    private readonly SqliteStatement _readings = new(connection, ReadingsSql);
    private readonly SqliteStatement _last = new(connection, LastSql);
    private readonly SqliteStatement _hours = new(connection, RollupSql.Hours);
    private readonly SqliteStatement _days = new(connection, RollupSql.Days);
    private readonly SqliteStatement _quarter = new(connection, RollupSql.Quarter);
    private readonly SqliteStatement _lastDay = new(connection, RollupSql.LastDay);
    private readonly SqliteStatement _intervals = new(connection, ReadingSql.Intervals);

    /// <inheritdoc/>
    public void ReadReadings(SeriesEntry series, long fromMs, long toMs, SegmentBuffer into)
    {
        Bind(_readings, series, fromMs, toMs);
        while (_readings.Read())
        {
            into.Add(RollupRow.OfReading(_readings, receipts));
        }
    }

    /// <inheritdoc/>
    public void ReadHour(SeriesEntry series, long hour, long untilMs, SegmentBuffer into)
    {
        var end = Quarters.Of(Hours.StartMs(hour + 1));
        for (var quarter = Quarters.Of(Hours.StartMs(hour)); quarter < end; quarter++)
        {
            _quarter.Bind(1, quarter).Bind(2, series.Id);
            while (_quarter.Read())
            {
                if (_quarter.GetInt64(0) <= untilMs)
                {
                    into.Add(RollupRow.OfReading(_quarter, receipts));
                }
            }

            _quarter.Reset();
        }
    }

    /// <inheritdoc/>
    public void ReadHours(SeriesEntry series, long from, long to, SegmentBuffer into) => ReadRolledUp(_hours, series, from, to, into);

    /// <inheritdoc/>
    public void ReadDays(SeriesEntry series, long from, long to, SegmentBuffer into) => ReadRolledUp(_days, series, from, to, into);

    /// <inheritdoc/>
    public Rollup? ReadLastReading(SeriesEntry series, long fromMs, long beforeMs)
    {
        Bind(_last, series, fromMs, beforeMs);
        Rollup? last = _last.Read() ? RollupRow.OfReading(_last, receipts) : null;
        _last.Reset();
        return last;
    }

    /// <inheritdoc/>
    public Rollup? ReadLastOfDays(SeriesEntry series, long day)
    {
        _lastDay.Bind(1, series.Id).Bind(2, day);
        Rollup? last = _lastDay.Read() ? Rollup.Of(_lastDay.GetInt64(0), _lastDay.GetDouble(1) ?? double.NaN, _lastDay.GetInt64(0)) : null;
        _lastDay.Reset();
        return last;
    }

    /// <inheritdoc/>
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
        foreach (var owned in (IDisposable[])[_readings, _last, _hours, _days, _quarter, _lastDay, _intervals, connection])
        {
            owned.Dispose();
        }
    }

    private static void Bind(SqliteStatement rows, SeriesEntry series, long fromMs, long toMs) => rows
        .Bind(1, series.LoggerId).Bind(2, series.Id)
        .Bind(3, Hours.DayAt(fromMs)).Bind(4, Hours.DayAt(toMs - 1)).Bind(5, fromMs).Bind(6, toMs);

    private static void ReadRolledUp(SqliteStatement rows, SeriesEntry series, long from, long to, SegmentBuffer into)
    {
        rows.Bind(1, series.Id).Bind(2, from).Bind(3, to);
        while (rows.Read())
        {
            into.Add(RollupRow.Read(rows, 0));
        }
    }
}
