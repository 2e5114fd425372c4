using System.Data.Common;
using Efento.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Measurements;

/// <summary>
/// Readings in SQLite under (hour, series, time): rows of now are appended at the right edge of the tree however many series there are.
/// A range of one series is driven by the hours its logger was heard in (<see cref="Devices.LoggerHour"/>), never by a scan.
/// </summary>
public sealed class SqliteReadingStore(SqliteDatabase database) : IReadingStore
{
    /// <summary>Milliseconds of an hour, the bucket of the key.</summary>
    public const long HourMs = 3_600_000;

    private const string RangeSql =
        """
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id
        FROM logger_hour h CROSS JOIN reading r ON r.hour = h.hour AND r.series_id = $series
        WHERE h.logger_id = $logger AND h.hour BETWEEN $first AND $last AND r.measured_at >= $from AND r.measured_at < $to
        ORDER BY h.hour, r.measured_at LIMIT $limit
        """;

    private const string LatestSql =
        """
        SELECT r.measured_at, r.value, r.status, r.flags, r.message_id
        FROM logger_hour h CROSS JOIN reading r ON r.hour = h.hour AND r.series_id = $series
        WHERE h.logger_id = $logger AND h.hour <= $last AND r.measured_at <= $now
        ORDER BY h.hour DESC, r.measured_at DESC LIMIT 1
        """;

    private const string AheadSql =
        "SELECT measured_at, value, status, flags, message_id, series_id FROM reading WHERE hour >= $first AND measured_at > $now";

    /// <inheritdoc/>
    public IReadingWriter CreateWriter(DbConnection connection) => new Writer((SqliteConnection)connection);

    /// <inheritdoc/>
    public IReadOnlyList<Reading> Read(int loggerId, int seriesId, long fromMs, long toMs, int limit)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = RangeSql;
        command.Parameters.AddWithValue("$logger", loggerId);
        command.Parameters.AddWithValue("$series", seriesId);
        command.Parameters.AddWithValue("$first", Hour(fromMs));
        command.Parameters.AddWithValue("$last", Hour(Math.Max(fromMs, toMs - 1)));
        command.Parameters.AddWithValue("$from", fromMs);
        command.Parameters.AddWithValue("$to", toMs);
        command.Parameters.AddWithValue("$limit", limit);
        using var rows = command.ExecuteReader();
        List<Reading> readings = [];
        while (rows.Read())
        {
            readings.Add(ReadingOf(rows));
        }

        return readings;
    }

    /// <inheritdoc/>
    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = LatestSql;
        command.Parameters.AddWithValue("$last", Hour(nowMs));
        command.Parameters.AddWithValue("$now", nowMs);
        var loggerId = command.Parameters.Add("$logger", SqliteType.Integer);
        var seriesId = command.Parameters.Add("$series", SqliteType.Integer);
        foreach (var one in series)
        {
            loggerId.Value = one.LoggerId;
            seriesId.Value = one.Id;
            using var rows = command.ExecuteReader();
            if (rows.Read())
            {
                yield return (one, ReadingOf(rows));
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = AheadSql;
        command.Parameters.AddWithValue("$first", Hour(nowMs));
        command.Parameters.AddWithValue("$now", nowMs);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt32(5), ReadingOf(rows));
        }
    }

    /// <summary>The hour a time lies in, also before 1970.</summary>
    public static long Hour(long ms) => (long)Math.Floor(ms / (double)HourMs);

    private static Reading ReadingOf(SqliteDataReader rows) => new(
        rows.GetInt64(0),
        rows.IsDBNull(1) ? null : rows.GetDouble(1),
        (ReadingStatus)rows.GetByte(2),
        (ReadingFlags)rows.GetByte(3),
        rows.GetInt64(4));

    private sealed class Writer(SqliteConnection connection) : IReadingWriter
    {
        private readonly SqliteStatement _insert = new(connection,
            "INSERT INTO reading (hour, series_id, measured_at, value, status, flags, message_id) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");

        private readonly SqliteStatement _standing = new(connection,
            "SELECT value, status FROM reading WHERE hour = ? AND series_id = ? AND measured_at = ?");

        private readonly SqliteStatement _conflict = new(connection,
            "INSERT INTO reading_conflict (series_id, measured_at, value, status, flags, message_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");

        private Reading _bound = new(long.MinValue, null, ReadingStatus.Unknown, (ReadingFlags)byte.MaxValue, 0);

        public StoreOutcome Store(int seriesId, in Reading reading)
        {
            var hour = Hour(reading.MeasuredAtMs);
            Bind(hour, seriesId, reading);
            if (_insert.Execute() == 1)
            {
                return StoreOutcome.New;
            }

            if (IsStanding(hour, seriesId, reading))
            {
                return StoreOutcome.Duplicate;
            }

            var isNewConflict = _conflict
                .Bind(1, seriesId).Bind(2, reading.MeasuredAtMs).Bind(3, reading.Value)
                .Bind(4, (long)reading.Status).Bind(5, (long)reading.Flags).Bind(6, reading.MessageId)
                .Execute() == 1;
            return isNewConflict ? StoreOutcome.Conflict : StoreOutcome.Duplicate;
        }

        public void Dispose()
        {
            _insert.Dispose();
            _standing.Dispose();
            _conflict.Dispose();
        }

        /// <summary>Bindings outlast a run: what is the same for all channels of a record is bound once.</summary>
        private void Bind(long hour, int seriesId, in Reading reading)
        {
            if (reading.MeasuredAtMs != _bound.MeasuredAtMs || reading.MessageId != _bound.MessageId)
            {
                _insert.Bind(1, hour).Bind(3, reading.MeasuredAtMs).Bind(7, reading.MessageId);
            }

            if (reading.Status != _bound.Status || reading.Flags != _bound.Flags)
            {
                _insert.Bind(5, (long)reading.Status).Bind(6, (long)reading.Flags);
            }

            _insert.Bind(2, seriesId).Bind(4, reading.Value);
            _bound = reading;
        }

        private bool IsStanding(long hour, int seriesId, in Reading reading)
        {
            var found = _standing.Bind(1, hour).Bind(2, seriesId).Bind(3, reading.MeasuredAtMs).Read();
            var same = found
                && _standing.GetDouble(0) == reading.Value
                && _standing.GetInt64(1) == (long)reading.Status;
            _standing.Reset();
            return same;
        }
    }
}
