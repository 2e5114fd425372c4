using System.Data.Common;
using Efento.Portal.Data;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Measurements;

/// <summary>
/// Readings in SQLite under (quarter of an hour, series, time): rows of now are appended at the right edge of the tree however many series
/// there are, and those of one message lie close together (docs/decisions/0012-quarters-of-an-hour.md).
/// A range of one series is driven by the days its logger was heard on (table logger_day), never by a scan.
/// </summary>
public sealed class SqliteReadingStore(SqliteDatabase database, ReceiptTimes receipts) : IReadingStore
{
    /// <summary>Milliseconds of an hour.</summary>
    public const long HourMs = 3_600_000;

    /// <summary>Milliseconds of a quarter of an hour, the bucket of the key.</summary>
    private const long QuarterMs = HourMs / 4;

    private const int QuartersPerDay = 96;

    /// <summary>The buckets of a day, as a condition on the key's first column.</summary>
    internal static readonly string InDay =
        $"r.quarter IN ({string.Join(", ", Enumerable.Range(0, QuartersPerDay).Select(quarter => $"{QuartersPerDay} * d.day + {quarter}"))})";

    /// <summary><see cref="Reading.Measurement"/> of a row <c>r</c>: NULL where the number is none.</summary>
    internal static readonly string MeasurementSql =
        $"CASE WHEN r.flags & {(int)ReadingFlags.ErrorCode} OR r.status IN ({(int)ReadingStatus.Error}, {(int)ReadingStatus.NoValue}) THEN NULL ELSE r.value END";

    private static readonly string SamplesSql =
        $"""
        SELECT r.measured_at, {MeasurementSql}
        FROM logger_day d CROSS JOIN reading r ON {InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6
        ORDER BY d.day, r.quarter, r.measured_at
        """;

    internal const string IntervalsSql =
        """
        SELECT measured_at, interval_seconds FROM logger_change
        WHERE logger_id = ?1 AND measured_at < ?3
            AND measured_at >= coalesce((SELECT max(measured_at) FROM logger_change WHERE logger_id = ?1 AND measured_at <= ?2), ?2)
        ORDER BY measured_at
        """;

    private static readonly string LastMeasuredSql =
        $"""
        SELECT r.measured_at
        FROM logger_day d CROSS JOIN reading r ON {InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day <= ?3 AND r.measured_at < ?4
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    private static readonly string ArrivalsSql =
        $"""
        SELECT r.measured_at, r.message_id
        FROM logger_day d CROSS JOIN reading r ON {InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day <= ?3 AND r.measured_at <= ?4
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT ?5
        """;

    private static readonly string DelayedSql =
        $"""
        SELECT min(r.measured_at), max(r.measured_at)
        FROM logger_day d CROSS JOIN reading r ON {InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6 AND r.message_id >= ?7
        """;

    private static readonly string LastSql =
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, s.id
        FROM logger_day d CROSS JOIN series s CROSS JOIN reading r ON {InDay} AND r.series_id = s.id
        WHERE d.logger_id = ?1 AND s.logger_id = ?1
        ORDER BY d.day DESC, r.measured_at DESC, s.channel, s.type_key LIMIT ?2
        """;

    private static readonly string PageSql = PageInOrder(">", "");

    private static readonly string NewestFirstPageSql = PageInOrder("<", "DESC");

    private static string PageInOrder(string behind, string order) =>
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, s.id
        FROM logger_day d CROSS JOIN series s CROSS JOIN reading r ON {InDay} AND r.series_id = s.id
        WHERE d.logger_id = ?1 AND s.logger_id = ?1 AND (?2 IS NULL OR s.channel = ?2)
            AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6
            AND (r.measured_at {behind} ?7 OR (r.measured_at = ?7 AND (s.channel, s.type_key) > (?8, ?9)))
        ORDER BY d.day {order}, r.measured_at {order}, s.channel, s.type_key LIMIT ?10
        """;

    private static readonly string LatestSql =
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal
        FROM logger_day d CROSS JOIN reading r ON {InDay} AND r.series_id = $series
        WHERE d.logger_id = $logger AND d.day <= $last AND r.measured_at <= $now AND NOT r.flags & $without
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    /// <summary>
    /// Days that are rolled up tell whether they have a value: a sensor that failed a year ago is not looked for in a year of errors.
    /// </summary>
    private static readonly string LastValueSql =
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, r.series_id
        FROM logger_day d CROSS JOIN reading r ON {InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day <= ?3 AND r.measured_at <= ?4 AND {MeasurementSql} IS NOT NULL AND (
            d.day >= coalesce((SELECT rolled_before / 24 FROM rollup_state), 0)
            OR d.day = (SELECT max(day) FROM rollup_day WHERE series_id = ?2 AND day <= ?3 AND count > 0))
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    private const string AheadSql =
        "SELECT measured_at, value, status, flags, message_id, signal, series_id FROM reading WHERE quarter >= $first AND measured_at > $now";

    private const string DeleteReadingsSql =
        """
        DELETE FROM reading WHERE (quarter, series_id, measured_at) IN (
            SELECT quarter, series_id, measured_at FROM reading WHERE quarter < ?1 LIMIT ?2)
        """;

    private const string DeleteConflictsSql =
        """
        DELETE FROM reading_conflict WHERE rowid IN (
            SELECT c.rowid FROM series s CROSS JOIN reading_conflict c ON c.series_id = s.id AND c.measured_at < ?1 LIMIT ?2)
        """;

    private const string DeleteDaysSql =
        """
        DELETE FROM logger_day WHERE (logger_id, day) IN (
            SELECT d.logger_id, d.day FROM logger l CROSS JOIN logger_day d ON d.logger_id = l.id AND d.day < ?1 LIMIT ?2)
        """;

    private const string DeleteHourRollupsSql =
        """
        DELETE FROM rollup_hour WHERE (series_id, hour) IN (
            SELECT h.series_id, h.hour FROM series s CROSS JOIN rollup_hour h ON h.series_id = s.id AND h.hour < ?1 LIMIT ?2)
        """;

    private const string DeleteDayRollupsSql =
        """
        DELETE FROM rollup_day WHERE (series_id, day) IN (
            SELECT d.series_id, d.day FROM series s CROSS JOIN rollup_day d ON d.series_id = s.id AND d.day < ?1 LIMIT ?2)
        """;

    /// <summary>Grows when days are deleted: a writer then no longer knows which ones are noted. Read and written at the writer's turn.</summary>
    internal int DaysDeleted { get; private set; }

    /// <inheritdoc/>
    public IReadingWriter CreateWriter(DbConnection connection) => new SqliteReadingWriter((SqliteConnection)connection, this, receipts);

    /// <inheritdoc/>
    public bool DeleteBefore(DbConnection connection, long beforeMs, int most)
    {
        // By whole days, so that every rollup is of all its readings or gone.
        var day = Day(beforeMs);
        var quarter = day * QuartersPerDay;
        if (Delete(connection, DeleteReadingsSql, quarter, most) == most)
        {
            return true;
        }

        // No reading of these days is left in this transaction; a day must never go before its readings, they would not be found.
        DaysDeleted++;
        int[] deleted =
        [
            Delete(connection, DeleteDaysSql, day, most),
            Delete(connection, DeleteConflictsSql, quarter * QuarterMs, most),
            Delete(connection, DeleteHourRollupsSql, quarter / (QuartersPerDay / Hours.PerDay), most),
            Delete(connection, DeleteDayRollupsSql, day, most),
        ];
        return deleted.Contains(most);
    }

    /// <inheritdoc/>
    public long? Oldest(DbConnection connection)
    {
        using var statement = new SqliteStatement((SqliteConnection)connection, "SELECT min(quarter) FROM reading");
        return statement.Read() && statement.GetDouble(0) is { } quarter ? (long)quarter * QuarterMs : null;
    }

    private static int Delete(DbConnection connection, string sql, long limit, int most)
    {
        using var statement = new SqliteStatement((SqliteConnection)connection, sql);
        return statement.Bind(1, limit).Bind(2, (long)most).Execute();
    }

    /// <inheritdoc/>
    public void Read(int loggerId, int seriesId, long fromMs, long toMs, SampleBuffer samples)
    {
        if (fromMs >= toMs)
        {
            return;
        }

        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, SamplesSql);
        rows.Bind(1, loggerId).Bind(2, seriesId).Bind(3, Day(fromMs)).Bind(4, Day(toMs - 1)).Bind(5, fromMs).Bind(6, toMs);
        var intervals = ReadIntervals(connection, loggerId, fromMs, toMs);
        var inForce = 0;
        while (rows.Read())
        {
            var measuredAtMs = rows.GetInt64(0);
            while (inForce + 1 < intervals.Count && intervals[inForce + 1].FromMs <= measuredAtMs)
            {
                inForce++;
            }

            samples.Add(measuredAtMs, rows.GetDouble(1) ?? double.NaN, intervals[inForce].Seconds);
        }
    }

    /// <summary>The intervals in force in a range, each from a time on; at least one.</summary>
    private static List<(long FromMs, int Seconds)> ReadIntervals(SqliteConnection connection, int loggerId, long fromMs, long toMs)
    {
        List<(long, int)> intervals = [];
        using var rows = new SqliteStatement(connection, IntervalsSql);
        rows.Bind(1, loggerId).Bind(2, fromMs).Bind(3, toMs);
        while (rows.Read())
        {
            intervals.Add((rows.GetInt64(0), (int)rows.GetInt64(1)));
        }

        return intervals.Count == 0 ? [(fromMs, 0)] : intervals;
    }

    /// <inheritdoc/>
    public long? LastMeasured(int loggerId, int seriesId, long beforeMs)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, LastMeasuredSql);
        return rows.Bind(1, loggerId).Bind(2, seriesId).Bind(3, Day(beforeMs)).Bind(4, beforeMs).Read() ? rows.GetInt64(0) : null;
    }

    /// <inheritdoc/>
    public DelayedStretch? ReadDelayed(int loggerId, int seriesId, long fromMs, long toMs, long firstMessage)
    {
        if (fromMs >= toMs)
        {
            return null;
        }

        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, DelayedSql);
        rows.Bind(1, loggerId).Bind(2, seriesId).Bind(3, Day(fromMs)).Bind(4, Day(toMs - 1)).Bind(5, fromMs).Bind(6, toMs).Bind(7, firstMessage);
        return rows.Read() && rows.GetDouble(0) is not null ? new DelayedStretch(rows.GetInt64(0), rows.GetInt64(1)) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<(int SeriesId, Reading Reading)> ReadLast(int loggerId, int count)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, LastSql);
        return ReadAll(rows.Bind(1, loggerId).Bind(2, count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page)
    {
        var (firstMs, endMs) = (page.FromMs, page.ToMs);
        if (page.After is { } place)
        {
            (firstMs, endMs) = page.IsNewestFirst ? (firstMs, Math.Min(endMs, place.MeasuredAtMs + 1)) : (Math.Max(firstMs, place.MeasuredAtMs), endMs);
        }

        if (firstMs >= endMs)
        {
            return [];
        }

        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, page.IsNewestFirst ? NewestFirstPageSql : PageSql);
        return ReadAll(rows
            .Bind(1, page.LoggerId).Bind(2, (long?)page.Channel).Bind(3, Day(firstMs)).Bind(4, Day(endMs - 1)).Bind(5, firstMs).Bind(6, endMs)
            .Bind(7, page.After?.MeasuredAtMs ?? (page.IsNewestFirst ? long.MaxValue : long.MinValue))
            .Bind(8, page.After?.Channel ?? 0).Bind(9, page.After?.TypeKey ?? "").Bind(10, page.Limit));
    }

    /// <inheritdoc/>
    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = LatestSql;
        command.Parameters.AddWithValue("$last", Day(nowMs));
        command.Parameters.AddWithValue("$now", nowMs);
        var loggerId = command.Parameters.Add("$logger", SqliteType.Integer);
        var seriesId = command.Parameters.Add("$series", SqliteType.Integer);
        var without = command.Parameters.Add("$without", SqliteType.Integer);
        foreach (var one in series)
        {
            loggerId.Value = one.LoggerId;
            seriesId.Value = one.Id;
            if (First(command, without, ReadingFlags.None) is { } latest)
            {
                yield return (one, Believed(latest) ?? latest);
            }
        }

        // Measured by a clock that was ahead, but something that was not came after it.
        Reading? Believed(Reading latest) =>
            (latest.Flags & ReadingFlags.ClockAhead) != 0 && First(command, without, ReadingFlags.ClockAhead) is { } other && other.MessageId > latest.MessageId
                ? other
                : null;
    }

    private static Reading? First(SqliteCommand command, SqliteParameter without, ReadingFlags flags)
    {
        without.Value = (long)flags;
        using var rows = command.ExecuteReader();
        return rows.Read() ? ReadingOf(rows) : null;
    }

    /// <inheritdoc/>
    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, LastValueSql);
        foreach (var one in series)
        {
            rows.Bind(1, one.LoggerId).Bind(2, one.Id).Bind(3, Day(nowMs)).Bind(4, nowMs);
            foreach (var (_, reading) in ReadAll(rows))
            {
                yield return (one, reading);
            }

            rows.Reset();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(IEnumerable<SeriesEntry> series, long nowMs, int count)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, ArrivalsSql);
        foreach (var one in series)
        {
            List<ReadingArrival> arrivals = [];
            rows.Bind(1, one.LoggerId).Bind(2, one.Id).Bind(3, Day(nowMs)).Bind(4, nowMs).Bind(5, (long)count);
            while (rows.Read())
            {
                arrivals.Add(new ReadingArrival(rows.GetInt64(0), rows.GetInt64(1)));
            }

            rows.Reset();
            yield return (one, arrivals);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = AheadSql;
        command.Parameters.AddWithValue("$first", Quarter(nowMs));
        command.Parameters.AddWithValue("$now", nowMs);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt32(6), ReadingOf(rows));
        }
    }

    /// <summary>The day (UTC) a time lies in, also before 1970.</summary>
    public static long Day(long ms) => DayOf(Quarter(ms));

    /// <summary>The day a quarter of an hour lies in.</summary>
    internal static long DayOf(long quarter) => (long)Math.Floor(quarter / (double)QuartersPerDay);

    /// <summary>The quarter of an hour a time lies in; 96 to a day, counted from 1970.</summary>
    public static long Quarter(long ms) => (long)Math.Floor(ms / (double)QuarterMs);

    private static Reading ReadingOf(SqliteDataReader rows) => new(
        rows.GetInt64(0),
        rows.IsDBNull(1) ? null : rows.GetDouble(1),
        (ReadingStatus)rows.GetByte(2),
        (ReadingFlags)rows.GetByte(3),
        rows.GetInt64(4),
        rows.IsDBNull(5) ? null : rows.GetInt16(5));

    private static List<(int SeriesId, Reading Reading)> ReadAll(SqliteStatement rows)
    {
        List<(int, Reading)> readings = [];
        while (rows.Read())
        {
            readings.Add(((int)rows.GetInt64(6), new Reading(
                rows.GetInt64(0), rows.GetDouble(1), (ReadingStatus)rows.GetInt64(2), (ReadingFlags)rows.GetInt64(3), rows.GetInt64(4),
                (short?)rows.GetDouble(5))));
        }

        return readings;
    }
}
