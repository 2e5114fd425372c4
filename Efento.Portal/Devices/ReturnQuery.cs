using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>Reads from the ledger which gateways in use came back after a time in which the portal took no messages.</summary>
internal sealed class ReturnQuery(IDbContextFactory<PortalDbContext> database, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>How long a gateway pauses after a 503. Source: docs/gateway-api.md, "Answers".</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The gateways that came back after [<paramref name="fromUtc"/>, <paramref name="untilUtc"/>), and those that have not.
    /// </summary>
    /// <param name="fromUtc">The begin.</param>
    /// <param name="untilUtc">The end.</param>
    /// <param name="closedSinceUtc">
    /// When gateways could no longer reach the portal, if that was earlier. Whether a gateway was silent before is judged at that time.
    /// </param>
    /// <param name="openSinceUtc">When they could reach it again, if that was later.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ReturnReport> ReadAsync(
        DateTimeOffset fromUtc,
        DateTimeOffset untilUtc,
        DateTimeOffset? closedSinceUtc = null,
        DateTimeOffset? openSinceUtc = null,
        CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var (first, after) = (receipts.First(fromUtc.ToUnixTimeMilliseconds()), receipts.First(untilUtc.ToUnixTimeMilliseconds()));
        var rows = await db.Gateways.AsNoTracking().Where(g => g.FirstSeenUtc < fromUtc && g.RetiredUtc == null)
            .Select(g => new
            {
                Gateway = g,
                Last = db.Messages.Where(m => m.GatewayId == g.Id && m.Id < first).Max(m => (long?)m.Id),
                Next = db.Messages.Where(m => m.GatewayId == g.Id && m.Id >= after).Min(m => (long?)m.Id),
            })
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        List<ReturningGateway> gateways = [];
        var silent = 0;
        foreach (var row in rows.Where(r => r.Last is not null))
        {
            var last = receipts.ReceivedAtUtc(row.Last!.Value);
            if (
                GatewayState.At(
                    last, row.Gateway.HeartbeatIntervalSeconds, closedSinceUtc ?? fromUtc).Condition is GatewayCondition.Offline)
            {
                silent++;
                continue;
            }

            gateways.Add(Of(row.Gateway, last, row.Next, openSinceUtc ?? untilUtc, now));
        }

        return new ReturnReport([.. gateways.OrderBy(g => g.Name, StringComparer.CurrentCultureIgnoreCase)], silent)
        {
            LastHeartbeats = await ReadLastHeartbeatsAsync(
                db, gateways.Where(g => g.State is ReturnState.Missing), after, cancellationToken),
        };
    }

    private ReturningGateway Of(Gateway gateway, DateTimeOffset lastUtc, long? next, DateTimeOffset openSinceUtc, DateTimeOffset now)
    {
        var interval = gateway.HeartbeatIntervalSeconds is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : GatewayState.DefaultHeartbeatInterval;
        var expectedBy = openSinceUtc + Pause
            + (interval > GatewayState.ShortestHeartbeatInterval ? interval : GatewayState.ShortestHeartbeatInterval);
        var state = next is not null ? ReturnState.Returned : now <= expectedBy ? ReturnState.Expected : ReturnState.Missing;
        return new(
            gateway.Id, gateway.Name, gateway.Serial, state, lastUtc, next is { } id ? receipts.ReceivedAtUtc(id) : null, expectedBy);
    }

    private async Task<Dictionary<int, LastHeartbeat>> ReadLastHeartbeatsAsync(
        PortalDbContext db, IEnumerable<ReturningGateway> missing, long before, CancellationToken cancellationToken)
    {
        Dictionary<int, LastHeartbeat> last = [];
        foreach (var gateway in missing)
        {
            var heartbeat = await db.Heartbeats.Where(h => h.GatewayId == gateway.Id && h.MessageId < before)
                .OrderByDescending(h => h.MessageId).Select(
                    h => new { h.MessageId, h.Power, h.BatteryPercent }).FirstOrDefaultAsync(cancellationToken);
            if (heartbeat is not null)
            {
                last[gateway.Id] = new(receipts.ReceivedAtUtc(heartbeat.MessageId), heartbeat.Power, heartbeat.BatteryPercent);
            }
        }

        return last;
    }
}
