using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.History;

/// <summary>Reads the history of gateways: their heartbeats, and when nothing came from them.</summary>
internal sealed class GatewayHistoryQuery(
    IDbContextFactory<PortalDbContext> contexts, IRangeStore ranges, GatewayQuery gateways, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>The most heartbeats of one answer; the newest are kept. Enough for a month at the shortest interval.</summary>
    private const int MostHeartbeats = 45_000;

    /// <summary>The history of a gateway from a time until now; null if it does not exist or the user may not see it.</summary>
    public async Task<GatewayHistory?> ReadAsync(
        SiteScope scope, int gatewayId, TimeSpan span, CancellationToken cancellationToken = default)
    {
        if (!gateways.Sees(scope, gatewayId))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (fromMs, nowMs) = ((now - span).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var heartbeats = await ReadHeartbeatsAsync(db, gatewayId, fromMs, cancellationToken);
        return Read(gatewayId, heartbeats, await ReadOutagesAsync(db, now - span, now, cancellationToken), fromMs, nowMs);
    }

    private async Task<List<HeartbeatWord>> ReadHeartbeatsAsync(
        PortalDbContext db, int gatewayId, long fromMs, CancellationToken cancellationToken)
    {
        var its = db.Heartbeats.Where(h => h.GatewayId == gatewayId);
        var first = receipts.First(fromMs);
        var before = await its.Where(h => h.MessageId < first).MaxAsync(h => (long?)h.MessageId, cancellationToken) ?? first;
        var rows = await its.Where(h => h.MessageId >= before).OrderByDescending(h => h.MessageId).Take(MostHeartbeats)
            .Select(h => new { h.MessageId, h.UptimeSeconds, h.Power, h.BatteryPercent }).ToListAsync(cancellationToken);
        rows.Reverse();
        return [.. rows.Select(h => new HeartbeatWord(receipts.ReceivedMs(h.MessageId), h.UptimeSeconds, h.Power, h.BatteryPercent))];
    }

    private GatewayHistory Read(int gatewayId, List<HeartbeatWord> heartbeats, IReadOnlyList<Outage> outages, long fromMs, long nowMs)
    {
        using var rows = ranges.OpenEvidence();
        var silence = new GatewaySilence(rows, receipts);
        var gaps = silence.Read(gatewayId, fromMs, nowMs, nowMs).ConvertAll(s => new HistoryGap(s.FromMs, s.ToMs, GapCause.Missing));
        var explained = Outage.Explain(gaps, outages, silence.PatienceMs(gatewayId));
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

    private static async Task<IReadOnlyList<Outage>> ReadOutagesAsync(
        PortalDbContext db, DateTimeOffset fromUtc, DateTimeOffset toUtc, CancellationToken cancellationToken)
    {
        var windows = await db.MaintenanceWindows.AsNoTracking()
            .Where(w => w.UntilUtc > w.FromUtc && w.FromUtc < toUtc && w.UntilUtc > fromUtc)
            .OrderBy(w => w.FromUtc).Select(w => new { w.FromUtc, w.UntilUtc }).ToListAsync(cancellationToken);
        return [.. windows.Select(w => new Outage(w.FromUtc.ToUnixTimeMilliseconds(), w.UntilUtc.ToUnixTimeMilliseconds()))];
    }
}
