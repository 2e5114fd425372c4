using Efento.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Devices;

/// <summary>
/// Writes the table logger_change within the writer's transaction. It comes out the same in whatever order records arrive: a row stands
/// wherever a record says otherwise than the one measured before it.
/// </summary>
internal sealed class LoggerChangeLog(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(connection,
        "INSERT INTO logger_change (logger_id, measured_at, interval_seconds, next_due_ms, battery_low) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _delete = new(connection, "DELETE FROM logger_change WHERE logger_id = ? AND measured_at = ?");

    private readonly SqliteStatement _before = new(connection,
        """
        SELECT interval_seconds, next_due_ms, battery_low FROM logger_change
        WHERE logger_id = ? AND measured_at < ? ORDER BY measured_at DESC LIMIT 1
        """);

    private readonly SqliteStatement _at = new(connection,
        "SELECT interval_seconds, next_due_ms, battery_low FROM logger_change WHERE logger_id = ? AND measured_at = ?");

    /// <summary>Takes the word of a record that is newer than every other of its logger.</summary>
    /// <param name="loggerId">The logger.</param>
    /// <param name="measuredAtMs">When the record was measured, Unix ms.</param>
    /// <param name="report">What it says.</param>
    /// <param name="before">What the record before it said; null if it is the first.</param>
    public void NoteNewest(int loggerId, long measuredAtMs, LoggerReport report, LoggerReport? before)
    {
        if (report != before)
        {
            Insert(loggerId, measuredAtMs, report);
        }
    }

    /// <summary>Takes the word of a record that others were measured after; the one next to it must still be told apart.</summary>
    /// <param name="loggerId">The logger.</param>
    /// <param name="measuredAtMs">When the record was measured, Unix ms.</param>
    /// <param name="report">What it says.</param>
    /// <param name="nextMeasured">When the logger was next measured after a time.</param>
    public void NoteBetween(int loggerId, long measuredAtMs, LoggerReport report, Func<int, long, long?> nextMeasured)
    {
        var before = Find(_before, loggerId, measuredAtMs);
        // What was noted at that time already came with another part of the same record.
        if (report == before || !Insert(loggerId, measuredAtMs, report))
        {
            return;
        }

        if (nextMeasured(loggerId, measuredAtMs) is not { } nextMs)
        {
            return;
        }

        if ((Find(_at, loggerId, nextMs) ?? before) is { } next && next != report)
        {
            Insert(loggerId, nextMs, next);
        }
        else
        {
            _delete.Bind(1, loggerId).Bind(2, nextMs).Execute();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _before.Dispose();
        _at.Dispose();
    }

    /// <summary>False if a record of that time was logged before: the first stands.</summary>
    private bool Insert(int loggerId, long measuredAtMs, LoggerReport report) => _insert
        .Bind(1, loggerId).Bind(2, measuredAtMs).Bind(3, report.IntervalSeconds).Bind(4, report.NextDueMs)
        .Bind(5, report.BatteryLow is { } low ? (low ? 1L : 0L) : null).Execute() == 1;

    private static LoggerReport? Find(SqliteStatement rows, int loggerId, long measuredAtMs)
    {
        LoggerReport? found = rows.Bind(1, loggerId).Bind(2, measuredAtMs).Read()
            ? new LoggerReport((int)rows.GetInt64(0), (long?)rows.GetDouble(1), rows.GetDouble(2) is { } low ? low != 0 : null)
            : null;
        rows.Reset();
        return found;
    }
}
