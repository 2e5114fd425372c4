using Efento.Portal.Devices;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>The table logger_change.</summary>
internal sealed class SqliteLoggerChangeRows(SqliteConnection connection) : ILoggerChangeRows, IDisposable
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

    /// <inheritdoc/>
    public bool Insert(int loggerId, long measuredAtMs, LoggerReport report) => _insert
        .Bind(1, loggerId)
            .Bind(2, measuredAtMs)
            .Bind(3, report.IntervalSeconds)
            .Bind(4, report.NextDueMs)
            .Bind(5, report.BatteryLow)
            .Execute() == 1;

    /// <inheritdoc/>
    public void Delete(int loggerId, long measuredAtMs) => _delete.Bind(1, loggerId).Bind(2, measuredAtMs).Execute();

    /// <inheritdoc/>
    public LoggerReport? FindBefore(int loggerId, long measuredAtMs) => Find(_before, loggerId, measuredAtMs);

    /// <inheritdoc/>
    public LoggerReport? FindAt(int loggerId, long measuredAtMs) => Find(_at, loggerId, measuredAtMs);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_insert, _delete, _before, _at])
        {
            statement.Dispose();
        }
    }

    private static LoggerReport? Find(SqliteStatement rows, int loggerId, long measuredAtMs)
    {
        LoggerReport? found = rows.Bind(1, loggerId).Bind(2, measuredAtMs).Read()
            ? new LoggerReport((int)rows.GetInt64(0), rows.GetInt64OrNull(1), rows.GetBoolean(2))
            : null;
        rows.Reset();
        return found;
    }
}
