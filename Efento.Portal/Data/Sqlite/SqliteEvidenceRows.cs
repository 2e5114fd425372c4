using Efento.Portal.History;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Reads the facts that explain gaps from SQLite.</summary>
internal sealed class SqliteEvidenceRows(SqliteConnection connection) : IEvidenceRows
{
    private readonly SqliteStatement _maintenance = new(connection,
        "SELECT from_utc, until_utc FROM maintenance_window WHERE until_utc > from_utc AND from_utc < ?2 AND until_utc > ?1 ORDER BY from_utc");

    private readonly SqliteStatement _flags = new(connection,
        "SELECT at_utc, synchronise FROM synchronise_change WHERE logger_id = ? ORDER BY at_utc, id");

    private readonly SqliteStatement _gateway = new(connection,
        "SELECT m.gateway_id FROM reading r JOIN message m ON m.id = r.message_id WHERE r.quarter = ? AND r.series_id = ? AND r.measured_at = ?");

    private readonly SqliteStatement _messages = new(connection,
        """
        SELECT id, loggers FROM message
        WHERE gateway_id = ?1 AND id BETWEEN ?2 AND ?3 AND earliest_measured_at IS NOT NULL ORDER BY id LIMIT ?4
        """);

    private readonly SqliteStatement _last = new(connection,
        """
        SELECT max(ifnull((SELECT max(id) FROM message WHERE gateway_id = ?1 AND id < ?2), 0),
            ifnull((SELECT max(message_id) FROM heartbeat WHERE gateway_id = ?1 AND message_id < ?2), 0))
        """);

    private readonly SqliteStatement _next = new(connection,
        $"""
        SELECT min(ifnull((SELECT min(id) FROM message WHERE gateway_id = ?1 AND id > ?2), {long.MaxValue}),
            ifnull((SELECT min(message_id) FROM heartbeat WHERE gateway_id = ?1 AND message_id > ?2), {long.MaxValue}))
        """);

    private readonly SqliteStatement _interval = new(connection, "SELECT heartbeat_interval_seconds FROM gateway WHERE id = ?");

    /// <inheritdoc/>
    public List<Stretch> ReadMaintenance(long fromMs, long toMs)
    {
        List<Stretch> windows = [];
        _maintenance.Bind(1, fromMs).Bind(2, toMs);
        while (_maintenance.Read())
        {
            windows.Add(new Stretch(_maintenance.GetInt64(0), _maintenance.GetInt64(1)));
        }

        return windows;
    }

    /// <inheritdoc/>
    public List<(long AtMs, bool IsOn)> ReadSynchroniseChanges(int loggerId)
    {
        List<(long, bool)> changes = [];
        _flags.Bind(1, loggerId);
        while (_flags.Read())
        {
            changes.Add((_flags.GetInt64(0), _flags.GetBoolean(1) is true));
        }

        return changes;
    }

    /// <inheritdoc/>
    public int? GatewayOf(SeriesEntry series, long measuredAtMs) =>
        (int?)Single(_gateway.Bind(1, Quarters.Of(measuredAtMs)).Bind(2, series.Id).Bind(3, measuredAtMs));

    /// <inheritdoc/>
    public List<(long Id, byte[] Loggers)> ReadMessages(int gatewayId, long firstId, long lastId, int most)
    {
        List<(long, byte[])> messages = [];
        _messages.Bind(1, gatewayId).Bind(2, firstId).Bind(3, lastId).Bind(4, (long)most);
        while (_messages.Read())
        {
            messages.Add((_messages.GetInt64(0), _messages.GetBytes(1)));
        }

        return messages;
    }

    /// <inheritdoc/>
    public long LastMessage(int gatewayId, long beforeId) => Single(_last.Bind(1, gatewayId).Bind(2, beforeId)) ?? 0;

    /// <inheritdoc/>
    public long? NextMessage(int gatewayId, long afterId) =>
        Single(_next.Bind(1, gatewayId).Bind(2, afterId)) is { } id && id < long.MaxValue ? id : null;

    /// <inheritdoc/>
    public int? HeartbeatInterval(int gatewayId) => (int?)Single(_interval.Bind(1, gatewayId));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in (IDisposable[])[_maintenance, _flags, _gateway, _messages, _last, _next, _interval, connection])
        {
            owned.Dispose();
        }
    }

    private static long? Single(SqliteStatement rows)
    {
        var value = rows.Read() ? rows.GetInt64OrNull(0) : null;
        rows.Reset();
        return value;
    }
}
