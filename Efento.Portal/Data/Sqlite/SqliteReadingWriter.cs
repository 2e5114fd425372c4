using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Writes readings into SQLite with prepared statements, and notes the days on which each logger was heard.</summary>
internal sealed class SqliteReadingWriter(SqliteConnection connection, SqliteReadingStore store, ReceiptTimes receipts) : IReadingWriter
{
    /// <summary>The largest difference between two clocks that count as right, in ms.</summary>
    private const long SlackMs = 60_000;

    private readonly Dictionary<int, long> _days = [];
    private int _daysDeleted;

    private readonly SqliteStatement _day = new(connection,
        "INSERT INTO logger_day (logger_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _insert = new(connection,
        "INSERT INTO reading (quarter, series_id, measured_at, value, status, flags, message_id, signal) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _standing = new(connection,
        "SELECT value, status, flags, message_id FROM reading WHERE quarter = ? AND series_id = ? AND measured_at = ?");

    private readonly SqliteStatement _supersede = new(connection,
        "UPDATE reading SET value = ?, status = ?, flags = ?, message_id = ?, signal = ? WHERE quarter = ? AND series_id = ? AND measured_at = ?");

    private readonly SqliteStatement _contradict = new(connection,
        $"UPDATE reading SET flags = flags | {(int)ReadingFlags.Contradicted} WHERE quarter = ? AND series_id = ? AND measured_at = ?");

    private readonly SqliteStatement _conflict = new(connection,
        "INSERT INTO reading_conflict (series_id, measured_at, value, status, flags, message_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _next = new(connection,
        $"""
        SELECT min(r.measured_at)
        FROM logger_day d CROSS JOIN series s CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = s.id
        WHERE d.logger_id = ?1 AND s.logger_id = ?1 AND d.day >= ?2 AND r.measured_at > ?3
        GROUP BY d.day ORDER BY d.day LIMIT 1
        """);

    private Reading _bound = new(long.MinValue, null, ReadingStatus.Unknown, (ReadingFlags)byte.MaxValue, 0);

    /// <inheritdoc/>
    public StoreOutcome Store(SeriesEntry series, in Reading reading)
    {
        var quarter = Quarters.Of(reading.MeasuredAtMs);
        NoteDay(series.LoggerId, Quarters.DayOf(quarter));
        Bind(quarter, series.Id, reading);
        return _insert.Execute() == 1 ? StoreOutcome.New : Settle(quarter, series.Id, reading);
    }

    /// <inheritdoc/>
    public long? NextMeasured(int loggerId, long afterMs)
    {
        long? next = _next.Bind(1, loggerId).Bind(2, Hours.DayAt(afterMs)).Bind(3, afterMs).Read() ? _next.GetInt64(0) : null;
        _next.Reset();
        return next;
    }

    /// <inheritdoc/>
    public void RolledBack() => _days.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_day, _insert, _standing, _supersede, _contradict, _conflict, _next])
        {
            statement.Dispose();
        }
    }

    private void NoteDay(int loggerId, long day)
    {
        if (_daysDeleted != store.DaysDeleted)
        {
            _daysDeleted = store.DaysDeleted;
            _days.Clear();
        }

        if (!_days.TryGetValue(loggerId, out var noted) || noted != day)
        {
            _day.Bind(1, loggerId).Bind(2, day).Execute();
            _days[loggerId] = day;
        }
    }

    /// <summary>Bindings stay after a run, so values that are the same for all channels of a record are bound once.</summary>
    private void Bind(long quarter, int seriesId, in Reading reading)
    {
        if (reading.MeasuredAtMs != _bound.MeasuredAtMs || reading.MessageId != _bound.MessageId)
        {
            _insert.Bind(1, quarter).Bind(3, reading.MeasuredAtMs).Bind(7, reading.MessageId);
        }

        if (reading.Status != _bound.Status || reading.Flags != _bound.Flags || reading.Signal != _bound.Signal)
        {
            _insert.Bind(5, (long)reading.Status).Bind(6, (long)reading.Flags).Bind(8, (long?)reading.Signal);
        }

        _insert.Bind(2, seriesId).Bind(4, reading.Value);
        _bound = reading;
    }

    /// <summary>Handles an instant that already has a reading: the same one, one without value, or one with another value.</summary>
    private StoreOutcome Settle(long quarter, int seriesId, in Reading reading)
    {
        var standing = Standing(quarter, seriesId, reading.MeasuredAtMs);
        if (standing.Value == reading.Value && standing.Status == reading.Status)
        {
            return TakesPlace(standing, reading)
                ? Supersede(quarter, seriesId, reading, standing.Flags & ReadingFlags.Contradicted)
                : StoreOutcome.Duplicate;
        }

        if (!TakesPlace(standing, reading))
        {
            if (!Keep(seriesId, reading))
            {
                return StoreOutcome.Duplicate;
            }

            if (reading.IsValid)
            {
                _contradict.Bind(1, quarter).Bind(2, seriesId).Bind(3, reading.MeasuredAtMs).Execute();
            }

            return StoreOutcome.Conflict;
        }

        Keep(seriesId, standing);
        return Supersede(quarter, seriesId, reading, standing.IsValid ? ReadingFlags.Contradicted : ReadingFlags.None);
    }

    private StoreOutcome Supersede(long quarter, int seriesId, in Reading reading, ReadingFlags remark)
    {
        _supersede
            .Bind(1, reading.Value)
                .Bind(2, (long)reading.Status)
                .Bind(3, (long)(reading.Flags | remark))
                .Bind(4, reading.MessageId)
                .Bind(5, (long?)reading.Signal)
            .Bind(6, quarter).Bind(7, seriesId).Bind(8, reading.MeasuredAtMs).Execute();
        return StoreOutcome.Superseding;
    }

    /// <summary>
    /// Whether a reading has precedence over the stored one. If the stored one arrived before its own time, its clock was ahead, and the
    /// first reading that came in time has precedence. Otherwise a valid value has precedence over none.
    /// </summary>
    private bool TakesPlace(in Reading standing, in Reading reading) => (IsBeforeItsTime(standing), IsBeforeItsTime(reading)) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => standing.IsWithoutValue && reading.IsValid,
    };

    private bool IsBeforeItsTime(in Reading reading) => reading.MeasuredAtMs - receipts.ReceivedMs(reading.MessageId) > SlackMs;

    private Reading Standing(long quarter, int seriesId, long measuredAtMs)
    {
        _standing.Bind(1, quarter).Bind(2, seriesId).Bind(3, measuredAtMs).Read();
        var standing = new Reading(
            measuredAtMs, _standing.GetDouble(0), (ReadingStatus)_standing.GetInt64(1), (ReadingFlags)_standing.GetInt64(2),
            _standing.GetInt64(3));
        _standing.Reset();
        return standing;
    }

    /// <summary>Stores a conflicting reading; false if it is already stored.</summary>
    private bool Keep(int seriesId, in Reading reading) => _conflict
        .Bind(1, seriesId).Bind(2, reading.MeasuredAtMs).Bind(3, reading.Value)
        .Bind(4, (long)reading.Status).Bind(5, (long)reading.Flags).Bind(6, reading.MessageId)
        .Execute() == 1;
}
