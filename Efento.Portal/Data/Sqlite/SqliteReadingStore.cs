using System.Data.Common;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// Stores readings in SQLite with the key (quarter of an hour, series, time). New rows are appended at the right edge of the tree, however
/// many series there are, and the rows of one message lie close together (docs/decisions/0012-quarters-of-an-hour.md).
/// A range of one series is read by way of the days on which its logger was heard (table logger_day), never by a scan.
/// </summary>
internal sealed class SqliteReadingStore(SqliteDatabase database, ReceiptTimes receipts) : IReadingStore
{
    private static readonly string ArrivalsSql =
        $"""
        SELECT r.measured_at, r.message_id
        FROM logger_day d CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day <= ?3 AND r.measured_at <= ?4
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT ?5
        """;

    private static readonly string PageSql = PageInOrder(">", "");

    private static readonly string NewestFirstPageSql = PageInOrder("<", "DESC");

    private static string PageInOrder(string behind, string order) =>
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, s.id
        FROM logger_day d CROSS JOIN series s CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = s.id
        WHERE d.logger_id = ?1 AND s.logger_id = ?1 AND (?2 IS NULL OR s.channel = ?2)
            AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6
            AND (r.measured_at {behind} ?7 OR (r.measured_at = ?7 AND (s.channel, s.type_key) > (?8, ?9)))
        ORDER BY d.day {order}, r.measured_at {order}, s.channel, s.type_key LIMIT ?10
        """;

    /// <summary>The most quarters of an hour of a short page.</summary>
    private const int QuartersOfShortPage = 16;

    /// <summary>
    /// A page of a few hours. The quarters of whole days would be 96 searches for each day, and a text that takes as long to prepare.
    /// </summary>
    private static readonly string ShortPageSql =
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, s.id
        FROM series s CROSS JOIN reading r
            ON r.quarter IN ({string.Join(", ", Enumerable.Range(0, QuartersOfShortPage).Select(i => $"?3 + {i}"))}) AND r.series_id = s.id
        WHERE s.logger_id = ?1 AND (?2 IS NULL OR s.channel = ?2) AND r.measured_at >= ?5 AND r.measured_at < ?6
            AND (r.measured_at > ?7 OR (r.measured_at = ?7 AND (s.channel, s.type_key) > (?8, ?9)))
        ORDER BY r.measured_at, s.channel, s.type_key LIMIT ?10
        """;

    private static readonly string LatestSql =
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, r.series_id
        FROM logger_day d CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day <= ?3 AND r.measured_at <= ?4 AND NOT r.flags & ?5
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    /// <summary>
    /// A rolled-up day shows whether it has a value. So if a sensor failed a year ago, its last value is found without reading a year of
    /// errors.
    /// </summary>
    private static readonly string LastValueSql =
        $"""
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id, r.signal, r.series_id
        FROM logger_day d CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day <= ?3 AND r.measured_at <= ?4 AND {ReadingSql.Measurement} IS NOT NULL AND (
            d.day >= coalesce((SELECT rolled_before / 24 FROM rollup_state), 0)
            OR d.day = (SELECT max(day) FROM rollup_day WHERE series_id = ?2 AND day <= ?3 AND count > 0))
        ORDER BY d.day DESC, r.quarter DESC, r.measured_at DESC LIMIT 1
        """;

    private const string AheadSql =
        "SELECT measured_at, value, status, flags, message_id, signal, series_id FROM reading WHERE quarter >= ?1 AND measured_at > ?2";

    private static readonly string ConflictsSql =
        $"""
        SELECT s.id, c.measured_at, c.value
        FROM series s CROSS JOIN reading_conflict c ON c.series_id = s.id AND c.measured_at >= ?2 AND c.measured_at < ?3
        WHERE s.logger_id = ?1 AND c.value IS NOT NULL AND c.status = {(int)ReadingStatus.Valid} AND NOT c.flags & {(int)ReadingFlags.ErrorCode}
        ORDER BY c.measured_at DESC LIMIT ?4
        """;

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

    /// <summary>
    /// Incremented when days are deleted, because a writer then no longer knows which days are noted. Only for the holder of the write
    /// gate.
    /// </summary>
    internal int DaysDeleted { get; private set; }

    /// <inheritdoc/>
    public IReadingWriter CreateWriter(DbConnection connection) => new SqliteReadingWriter((SqliteConnection)connection, this, receipts);

    /// <inheritdoc/>
    public bool DeleteBefore(DbConnection connection, long beforeMs, int most)
    {
        // Whole days are deleted, so that each rollup either covers all its readings or is gone too.
        var day = Hours.DayAt(beforeMs);
        var quarter = day * Quarters.PerDay;
        if (Delete(connection, DeleteReadingsSql, quarter, most) == most)
        {
            return true;
        }

        // In this transaction no reading of these days is left. A day must not be deleted before its readings, or they would never be
        // found.
        DaysDeleted++;
        int[] deleted =
        [
            Delete(connection, DeleteDaysSql, day, most),
            Delete(connection, DeleteConflictsSql, Quarters.StartMs(quarter), most),
            Delete(connection, DeleteHourRollupsSql, day * Hours.PerDay, most),
            Delete(connection, DeleteDayRollupsSql, day, most),
        ];
        return deleted.Contains(most);
    }

    /// <inheritdoc/>
    public long? Oldest(DbConnection connection)
    {
        using var statement = new SqliteStatement((SqliteConnection)connection, "SELECT min(quarter) FROM reading");
        return statement.Read() && statement.GetInt64OrNull(0) is { } quarter ? Quarters.StartMs(quarter) : null;
    }

    private static int Delete(DbConnection connection, string sql, long limit, int most)
    {
        using var statement = new SqliteStatement((SqliteConnection)connection, sql);
        return statement.Bind(1, limit).Bind(2, (long)most).Execute();
    }

    /// <inheritdoc/>
    public IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page)
    {
        var (firstMs, endMs) = (page.FromMs, page.ToMs);
        if (page.After is { } place)
        {
            (firstMs, endMs) = page.IsNewestFirst
                ? (firstMs, Math.Min(endMs, place.MeasuredAtMs + 1))
                : (Math.Max(firstMs, place.MeasuredAtMs), endMs);
        }

        if (firstMs >= endMs)
        {
            return [];
        }

        using var connection = database.OpenReader();
        var isShort = !page.IsNewestFirst && Quarters.Of(endMs - 1) - Quarters.Of(firstMs) < QuartersOfShortPage;
        using var rows = new SqliteStatement(
            connection, isShort ? ShortPageSql : page.IsNewestFirst ? NewestFirstPageSql : PageSql);
        return ReadAll(rows
            .Bind(1, page.LoggerId)
                .Bind(2, (long?)page.Channel)
                .Bind(3, isShort ? Quarters.Of(firstMs) : Hours.DayAt(firstMs))
                .Bind(4, Hours.DayAt(endMs - 1))
                .Bind(5, firstMs)
                .Bind(6, endMs)
            .Bind(7, page.After?.MeasuredAtMs ?? (page.IsNewestFirst ? long.MaxValue : long.MinValue))
            .Bind(8, page.After?.Channel ?? 0).Bind(9, page.After?.TypeKey ?? "").Bind(10, page.Limit));
    }

    /// <inheritdoc/>
    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, LatestSql);
        foreach (var one in series)
        {
            rows.Bind(1, one.LoggerId).Bind(2, one.Id).Bind(3, Hours.DayAt(nowMs)).Bind(4, nowMs);
            if (First(rows, ReadingFlags.None) is { } latest)
            {
                yield return (one, TakesPrecedence(rows, latest) ?? latest);
            }
        }
    }

    /// <summary>
    /// The reading that has precedence over a latest one whose clock was ahead: one that came later, with a clock that was right. Null if
    /// there is none.
    /// </summary>
    private static Reading? TakesPrecedence(SqliteStatement rows, in Reading latest) =>
        (latest.Flags & ReadingFlags.ClockAhead) != 0
            && First(rows, ReadingFlags.ClockAhead) is { } other
            && other.MessageId > latest.MessageId
            ? other
            : null;

    private static Reading? First(SqliteStatement rows, ReadingFlags without)
    {
        Reading? first = rows.Bind(5, (long)without).Read() ? ReadingRow.Of(rows) : null;
        rows.Reset();
        return first;
    }

    /// <inheritdoc/>
    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, LastValueSql);
        foreach (var one in series)
        {
            rows.Bind(1, one.LoggerId).Bind(2, one.Id).Bind(3, Hours.DayAt(nowMs)).Bind(4, nowMs);
            foreach (var (_, reading) in ReadAll(rows))
            {
                yield return (one, reading);
            }

            rows.Reset();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(
        SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(IEnumerable<SeriesEntry> series, long nowMs, int count)
    {
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, ArrivalsSql);
        foreach (var one in series)
        {
            List<ReadingArrival> arrivals = [];
            rows.Bind(1, one.LoggerId).Bind(2, one.Id).Bind(3, Hours.DayAt(nowMs)).Bind(4, nowMs).Bind(5, (long)count);
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
        using var rows = new SqliteStatement(connection, AheadSql);
        rows.Bind(1, Quarters.Of(nowMs)).Bind(2, nowMs);
        while (rows.Read())
        {
            yield return (SeriesOf(rows), ReadingRow.Of(rows));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(int SeriesId, long MeasuredAtMs, double Value)> ReadConflicts(int loggerId, long fromMs, long toMs, int most)
    {
        List<(int, long, double)> conflicts = [];
        using var connection = database.OpenReader();
        using var rows = new SqliteStatement(connection, ConflictsSql);
        rows.Bind(1, loggerId).Bind(2, fromMs).Bind(3, toMs).Bind(4, (long)most);
        while (rows.Read())
        {
            conflicts.Add(((int)rows.GetInt64(0), rows.GetInt64(1), rows.GetDouble(2)!.Value));
        }

        return conflicts;
    }

    private static List<(int SeriesId, Reading Reading)> ReadAll(SqliteStatement rows)
    {
        List<(int, Reading)> readings = [];
        while (rows.Read())
        {
            readings.Add((SeriesOf(rows), ReadingRow.Of(rows)));
        }

        return readings;
    }

    private static int SeriesOf(SqliteStatement row) => (int)row.GetInt64(6);
}
