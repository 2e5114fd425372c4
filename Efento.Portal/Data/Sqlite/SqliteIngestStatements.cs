using System.Data.Common;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>The writer's prepared statements, except those for readings. Valid as long as the writing connection.</summary>
internal sealed class SqliteIngestStatements(SqliteConnection connection, IReadingStore readings) : IIngestStatements
{
    private readonly SqliteStatement _message = new(connection,
        """
        INSERT INTO message (id, token_id, gateway_id, address, route, bytes, records, new_readings, duplicate_readings,
            conflicting_readings, quarantined_parts, ignored_records, answer, milliseconds, earliest_measured_at, latest_measured_at, loggers, first_portion)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _logger = new(connection,
        "INSERT INTO logger (serial, synchronise, approval, first_token_id, first_seen_utc) VALUES (?, ?, ?, ?, ?)");

    private readonly SqliteStatement _point = new(connection, "INSERT INTO measuring_point (name, created_utc) VALUES (?, ?)");

    private readonly SqliteStatement _assignment = new(connection,
        "INSERT INTO logger_assignment (point_id, logger_id, from_utc) VALUES (?, ?, ?)");

    private readonly SqliteStatement _series = new(connection,
        "INSERT INTO series (logger_id, channel, type, type_key) VALUES (?, ?, ?, ?)");

    private readonly SqliteStatement _gateway = new(connection,
        "INSERT INTO gateway (serial, name, token_id, first_seen_utc) VALUES (?, ?, ?, ?)");

    private readonly SqliteStatement _gatewayName = new(connection, "UPDATE gateway SET name = ? WHERE id = ?");

    private readonly SqliteStatement _lastKey = new(connection, "SELECT last_insert_rowid()");

    private readonly SqliteStatement _gatewayHeard = new(connection,
        """
        UPDATE gateway SET token_id = ?, software_version = coalesce(?, software_version), uptime_seconds = coalesce(?, uptime_seconds),
            logger_count = coalesce(?, logger_count), power = coalesce(?, power), battery_percent = coalesce(?, battery_percent),
            address = ?, last_heartbeat_utc = ?, heartbeat_interval_seconds = coalesce(?, heartbeat_interval_seconds), restarted_utc = coalesce(?, restarted_utc)
        WHERE id = ?
        """);

    private readonly SqliteStatement _gatewayBack = new(connection,
        "UPDATE gateway SET retired_utc = NULL, version = version + 1 WHERE id = ?");

    private readonly SqliteStatement _gatewaySerial = new(connection,
        "UPDATE gateway SET serial = ?1, name = CASE WHEN name = ?2 THEN ?1 ELSE name END WHERE id = ?3");

    private readonly SqliteStatement _heartbeat = new(connection,
        """
        INSERT INTO heartbeat (message_id, gateway_id, uptime_seconds, power, battery_percent, logger_count, software_version, json)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _quarantineAgain = new(connection,
        """
        UPDATE quarantine_item SET count = count + 1, last_ms = ? WHERE token_id = ? AND hash = ? AND reason = ? AND read_again_ms IS NULL
        """);

    private readonly SqliteStatement _quarantine = new(connection,
        """
        INSERT INTO quarantine_item (token_id, gateway_id, message_id, reason, scope, hash, raw, count, first_ms, last_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
        ON CONFLICT (token_id, hash, reason) DO UPDATE SET gateway_id = excluded.gateway_id, message_id = excluded.message_id, scope = excluded.scope,
            raw = excluded.raw, count = count + 1, last_ms = excluded.last_ms, read_again_ms = NULL
        """);

    private readonly SqliteStatement _shape = new(connection,
        "INSERT INTO seen_shape (route, fingerprint, fields, example, example_bytes, count, first_seen_utc, last_seen_utc) VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _newLoggersToday = new(connection,
        "SELECT count(*) FROM logger WHERE first_token_id = ? AND first_seen_utc >= ?");

    private readonly SqliteStatement _newGatewaysToday = new(connection,
        "SELECT count(*) FROM gateway WHERE token_id = ? AND first_seen_utc >= ?");

    private readonly SqliteLoggerChangeRows _changes = new(connection);
    private LoggerChangeLog? _changeLog;

    /// <inheritdoc/>
    public DbConnection Connection => connection;

    /// <inheritdoc/>
    public IReadingWriter Readings { get; } = readings.CreateWriter(connection);

    /// <inheritdoc/>
    public LoggerChangeLog Changes => _changeLog ??= new LoggerChangeLog(_changes);

    /// <inheritdoc/>
    public void Insert(Message message) => _message
        .Bind(1, message.Id).Bind(2, message.TokenId).Bind(3, message.GatewayId).Bind(4, message.Address).Bind(5, message.Route)
        .Bind(6, message.Bytes).Bind(7, message.Records).Bind(8, message.NewReadings).Bind(9, message.DuplicateReadings)
        .Bind(10, message.ConflictingReadings).Bind(11, message.QuarantinedParts).Bind(12, message.IgnoredRecords)
        .Bind(13, message.Answer).Bind(14, message.Milliseconds).Bind(15, message.EarliestMeasuredAt).Bind(16, message.LatestMeasuredAt)
        .Bind(17, message.Loggers).Bind(18, message.FirstPortion).Execute();

    /// <inheritdoc/>
    public int AddLogger(string serial, LoggerApproval approval, int tokenId, long nowMs)
    {
        var logger = Add(_logger.Bind(1, serial).Bind(2, true).Bind(3, (long)approval).Bind(4, tokenId).Bind(5, nowMs));
        var point = Add(_point.Bind(1, serial).Bind(2, nowMs));
        _assignment.Bind(1, point).Bind(2, logger).Bind(3, 0L).Execute();
        return logger;
    }

    /// <inheritdoc/>
    public int AddSeries(int loggerId, byte channel, MeasurementType type) =>
        Add(_series.Bind(1, loggerId).Bind(2, channel).Bind(3, type.Name).Bind(4, type.Key));

    /// <inheritdoc/>
    public int AddGateway(string? serial, int tokenId, long nowMs)
    {
        var gateway = Add(_gateway.Bind(1, serial).Bind(2, "").Bind(3, tokenId).Bind(4, nowMs));
        _gatewayName.Bind(1, Gateway.FirstName(gateway, serial)).Bind(2, gateway).Execute();
        return gateway;
    }

    /// <inheritdoc/>
    public void TellSerial(int gatewayId, string serial) =>
        _gatewaySerial.Bind(1, serial).Bind(2, Gateway.FirstName(gatewayId, null)).Bind(3, gatewayId).Execute();

    /// <inheritdoc/>
    public void Update(int gatewayId, PendingMessage message, int? intervalSeconds, bool isRestart)
    {
        var said = message.Heartbeat!;
        _gatewayHeard
            .Bind(1, message.TokenId).Bind(2, said.SoftwareVersion).Bind(3, said.UptimeSeconds).Bind(4, (long?)said.LoggerCount)
            .Bind(5, said.Power).Bind(6, (double?)said.BatteryPercent).Bind(7, message.Address).Bind(8, message.ReceivedMs)
            .Bind(9, (long?)intervalSeconds).Bind(10, isRestart ? message.ReceivedMs : null).Bind(11, gatewayId).Execute();
    }

    /// <inheritdoc/>
    public void BringBack(int gatewayId) => _gatewayBack.Bind(1, gatewayId).Execute();

    /// <inheritdoc/>
    public void Insert(Heartbeat heartbeat) => _heartbeat
        .Bind(1, heartbeat.MessageId).Bind(2, heartbeat.GatewayId).Bind(3, heartbeat.UptimeSeconds).Bind(4, heartbeat.Power)
        .Bind(5, heartbeat.BatteryPercent).Bind(6, (long?)heartbeat.LoggerCount).Bind(7, heartbeat.SoftwareVersion).Bind(8, heartbeat.Json)
        .Execute();

    /// <inheritdoc/>
    public bool TryCountAgain(int tokenId, byte[] hash, RejectReason reason, long nowMs) =>
        _quarantineAgain.Bind(1, nowMs).Bind(2, tokenId).Bind(3, hash).Bind(4, (long)reason).Execute() > 0;

    /// <inheritdoc/>
    public void Insert(QuarantineItem item) => _quarantine
        .Bind(1, item.TokenId).Bind(2, item.GatewayId).Bind(3, item.MessageId).Bind(4, (long)item.Reason).Bind(5, (long)item.Scope)
        .Bind(6, item.Hash).Bind(7, item.Raw).Bind(8, item.FirstMs).Bind(9, item.LastMs).Execute();

    /// <inheritdoc/>
    public void InsertShape(string route, string fingerprint, string fields, byte[] example, long exampleBytes, long nowMs) => _shape
        .Bind(1, route).Bind(2, fingerprint).Bind(3, fields).Bind(4, example).Bind(5, exampleBytes).Bind(6, nowMs).Bind(7, nowMs).Execute();

    /// <inheritdoc/>
    public int CountNewLoggers(int tokenId, long sinceMs) => Count(_newLoggersToday, tokenId, sinceMs);

    /// <inheritdoc/>
    public int CountNewGateways(int tokenId, long sinceMs) => Count(_newGatewaysToday, tokenId, sinceMs);

    /// <summary>Inserts a row and gives its key.</summary>
    private int Add(SqliteStatement row)
    {
        row.Execute();
        _lastKey.Read();
        var key = (int)_lastKey.GetInt64(0);
        _lastKey.Reset();
        return key;
    }

    private static int Count(SqliteStatement statement, int tokenId, long sinceMs)
    {
        statement.Bind(1, tokenId).Bind(2, sinceMs).Read();
        var count = (int)statement.GetInt64(0);
        statement.Reset();
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Readings.Dispose();
        _changes.Dispose();
        foreach (var statement in (SqliteStatement[])[
            _message, _logger, _point, _assignment, _series, _gateway, _gatewayName, _lastKey, _gatewayHeard, _gatewayBack,
            _gatewaySerial, _heartbeat,
            _quarantineAgain, _quarantine, _shape, _newLoggersToday, _newGatewaysToday])
        {
            statement.Dispose();
        }
    }
}
