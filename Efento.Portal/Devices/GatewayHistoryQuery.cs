using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>How gateways were over a time: their heartbeats, and when nothing came from them.</summary>
public sealed class GatewayHistoryQuery(IDbContextFactory<PortalDbContext> contexts, SqliteDatabase database, GatewayQuery gateways, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>The most heartbeats of one answer, the newest ones: a month of the shortest interval there is.</summary>
    private const int MostHeartbeats = 45_000;

    /// <summary>A gateway from then until now; null if there is none of that key to see.</summary>
    public async Task<GatewayHistory?> ReadAsync(SiteScope scope, int gatewayId, TimeSpan span, CancellationToken cancellationToken = default)
    {
        if (!gateways.Sees(scope, gatewayId))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (fromMs, nowMs) = ((now - span).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        var heartbeats = await ReadHeartbeatsAsync(gatewayId, fromMs, cancellationToken);
        return Read(gatewayId, heartbeats, fromMs, nowMs);
    }

    private async Task<List<HeartbeatWord>> ReadHeartbeatsAsync(int gatewayId, long fromMs, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var its = db.Heartbeats.Where(h => h.GatewayId == gatewayId);
        var first = receipts.First(fromMs);
        var before = await its.Where(h => h.MessageId < first).MaxAsync(h => (long?)h.MessageId, cancellationToken) ?? first;
        var rows = await its.Where(h => h.MessageId >= before).OrderByDescending(h => h.MessageId).Take(MostHeartbeats)
            .Select(h => new { h.MessageId, h.UptimeSeconds, h.Power, h.BatteryPercent }).ToListAsync(cancellationToken);
        rows.Reverse();
        return [.. rows.Select(h => new HeartbeatWord(receipts.ReceivedMs(h.MessageId), h.UptimeSeconds, h.Power, h.BatteryPercent))];
    }

    private GatewayHistory Read(int gatewayId, List<HeartbeatWord> heartbeats, long fromMs, long nowMs)
    {
        using var connection = database.OpenReader();
        using var silence = new GatewaySilence(connection, receipts);
        var gaps = silence.Read(gatewayId, fromMs, nowMs, nowMs).ConvertAll(s => new HistoryGap(s.FromMs, s.ToMs, GapCause.Missing));
        var explained = Outage.Explain(gaps, ReadOutages(connection, fromMs, nowMs), silence.PatienceMs(gatewayId));
        return new GatewayHistory
        {
            FromUtc = DateTimeOffset.FromUnixTimeMilliseconds(fromMs),
            ToUtc = DateTimeOffset.FromUnixTimeMilliseconds(nowMs),
            KnownFromUtc = TimeOf(silence.FirstKnownMs(gatewayId, fromMs) is { } first ? Math.Max(first, fromMs) : null),
            LastMessageUtc = TimeOf(silence.LastMs(gatewayId, nowMs)),
            Heartbeats = heartbeats,
            Silences = [.. explained.Where(g => g.ToMs > fromMs).Select(g => g with { FromMs = Math.Max(g.FromMs, fromMs) })],
        };
    }

    private static DateTimeOffset? TimeOf(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    private static List<Outage> ReadOutages(SqliteConnection connection, long fromMs, long toMs)
    {
        using var windows = new SqliteStatement(connection,
            "SELECT from_utc, until_utc FROM maintenance_window WHERE until_utc > from_utc AND from_utc < ?2 AND until_utc > ?1 ORDER BY from_utc");
        List<Outage> outages = [];
        windows.Bind(1, fromMs).Bind(2, toMs);
        while (windows.Read())
        {
            outages.Add(new Outage(windows.GetInt64(0), windows.GetInt64(1)));
        }

        return outages;
    }
}
