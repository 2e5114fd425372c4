using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Devices;

/// <summary>
/// Finds when nothing came from a gateway although two heartbeats should have. It goes from message to the last message within that time, so
/// that the work follows the length of the time and not the number of messages.
/// </summary>
internal sealed class GatewaySilence(SqliteConnection connection, ReceiptTimes receipts) : IDisposable
{
    /// <summary>Steps of one search: a year of heartbeats every 15 minutes, or a month of the shortest interval there is.</summary>
    private const int MostSteps = 50_000;

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

    /// <summary>How long a gateway may say nothing, in ms.</summary>
    public long PatienceMs(int gatewayId)
    {
        var seconds = _interval.Bind(1, gatewayId).Read() ? (int?)_interval.GetDouble(0) : null;
        _interval.Reset();
        return (long)GatewayState.PatienceWith(seconds).TotalMilliseconds;
    }

    /// <summary>The first message of a gateway at or after a time (Unix ms), or the last one before it if there is one; null if it never sent any.</summary>
    public long? FirstKnownMs(int gatewayId, long fromMs) => FirstKnown(gatewayId, fromMs) is { } id ? receipts.ReceivedMs(id) : null;

    /// <summary>The last message of a gateway until a time (Unix ms); null if none is known.</summary>
    public long? LastMs(int gatewayId, long untilMs) => Last(gatewayId, receipts.First(untilMs + 1)) is > 0 and var id ? receipts.ReceivedMs(id) : null;

    /// <summary>
    /// The times without a message that touch [<paramref name="fromMs"/>, <paramref name="toMs"/>), from its last message before to its first after,
    /// or to <paramref name="nowMs"/>. Before its first message nothing is known of a gateway.
    /// </summary>
    public List<Stretch> Read(int gatewayId, long fromMs, long toMs, long nowMs)
    {
        List<Stretch> times = [];
        var patience = PatienceMs(gatewayId);
        var at = FirstKnown(gatewayId, fromMs);
        for (var step = 0; step < MostSteps && at is { } id && receipts.ReceivedMs(id) is var atMs && atMs < toMs; step++)
        {
            var last = Last(gatewayId, receipts.First(atMs + patience + 1));
            if (last > id)
            {
                at = last;
                continue;
            }

            at = Next(gatewayId, id);
            var untilMs = at is { } next ? receipts.ReceivedMs(next) : nowMs;
            if (untilMs - atMs > patience)
            {
                times.Add(new Stretch(atMs, untilMs));
            }
        }

        return times;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_last, _next, _interval])
        {
            statement.Dispose();
        }
    }

    private long? FirstKnown(int gatewayId, long fromMs)
    {
        var first = receipts.First(fromMs);
        return Last(gatewayId, first) is > 0 and var before ? before : Next(gatewayId, first - 1);
    }

    private long Last(int gatewayId, long before)
    {
        _last.Bind(1, gatewayId).Bind(2, before).Read();
        var id = _last.GetInt64(0);
        _last.Reset();
        return id;
    }

    private long? Next(int gatewayId, long after)
    {
        _next.Bind(1, gatewayId).Bind(2, after).Read();
        var id = _next.GetInt64(0);
        _next.Reset();
        return id == long.MaxValue ? null : id;
    }
}
