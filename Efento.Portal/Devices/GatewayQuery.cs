using System.Linq.Expressions;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>
/// Reads the current state of gateways for pages and the read API. A user limited to some locations sees the gateways that hear one of
/// their loggers, and of these only what concerns their own loggers.
/// </summary>
internal sealed class GatewayQuery(
    IDbContextFactory<PortalDbContext> database, GatewayDirectory gateways, LoggerDirectory loggers, ReceiptTimes receipts,
    TimeProvider time)
{
    /// <summary>
    /// A gateway repeats a rejected message within minutes. A message that has not come for this time no longer blocks anything.
    /// </summary>
    private static readonly TimeSpan SentAgainWithin = TimeSpan.FromHours(1);

    /// <summary>Every gateway in use by name.</summary>
    public async Task<IReadOnlyList<GatewayOverview>> ListAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await ReadAsync(db, db.Gateways.Where(g => g.RetiredUtc == null), cancellationToken);
        var heard = Heard(scope).ToLookup(l => l.GatewayId, l => l.Serial);
        return
        [
            .. rows.Where(
                row => !scope.IsLimited
                    || heard.Contains(row.Gateway.Id)).Select(row =>
                        Overview(row, heard[row.Gateway.Id], scope)).OrderBy(g => g.Name, StringComparer.CurrentCultureIgnoreCase)
        ];
    }

    /// <summary>Name and address of every gateway in use, by name.</summary>
    public Task<IReadOnlyList<GatewayName>> ListNamesAsync(SiteScope scope, CancellationToken cancellationToken = default) =>
        ListNamesAsync(scope, g => g.RetiredUtc == null, cancellationToken);

    /// <summary>Name and address of every retired gateway, by name.</summary>
    public Task<IReadOnlyList<GatewayName>> ListRetiredAsync(SiteScope scope, CancellationToken cancellationToken = default) =>
        ListNamesAsync(scope, g => g.RetiredUtc != null, cancellationToken);

    private async Task<IReadOnlyList<GatewayName>> ListNamesAsync(
        SiteScope scope, Expression<Func<Gateway, bool>> wanted, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await db.Gateways.Where(wanted)
            .Select(g => new GatewayName(g.Id, g.Name, g.Serial, g.Address))
            .ToListAsync(cancellationToken);
        return [.. names.Where(g => Sees(scope, g.Id)).OrderBy(g => g.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Whether the user may see a gateway.</summary>
    internal bool Sees(SiteScope scope, int id) => !scope.IsLimited || Heard(scope).Any(l => l.GatewayId == id);

    /// <summary>One gateway with its last heartbeat; null if it does not exist or the user may not see it.</summary>
    public async Task<GatewayDetails?> FindAsync(SiteScope scope, int id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await ReadAsync(db, db.Gateways.Where(g => g.Id == id), cancellationToken);
        if (rows is not [var row] || !Sees(scope, id))
        {
            return null;
        }

        var heartbeat = await db.Heartbeats.Where(h => h.GatewayId == id)
            .OrderByDescending(h => h.MessageId).Select(h => h.Json).FirstOrDefaultAsync(cancellationToken);
        var heard = Heard(scope).Where(l => l.GatewayId == id).Select(l => l.Serial);
        return new GatewayDetails(
            Overview(row, heard, scope), heartbeat is null || scope.IsLimited ? [] : HeartbeatKeys.Flatten(heartbeat));
    }

    /// <summary>
    /// When a gateway that runs on its battery first said so, as far as its heartbeats are stored; null if it runs on mains, or if the user
    /// may not see it.
    /// </summary>
    public async Task<DateTimeOffset?> OnBatterySinceAsync(SiteScope scope, int id, CancellationToken cancellationToken)
    {
        if (!Sees(scope, id))
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var beats = db.Heartbeats.Where(h => h.GatewayId == id && h.Power != null)
            .OrderByDescending(h => h.MessageId).Select(h => new { h.MessageId, h.Power });
        long? first = null;
        await foreach (var beat in beats.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!GatewayOverview.IsBattery(beat.Power))
            {
                break;
            }

            first = beat.MessageId;
        }

        return first is { } message ? receipts.ReceivedAtUtc(message) : null;
    }

    /// <summary>
    /// Gateways with their last message that held measurements or was too large. Heartbeats don't count, because a stuck gateway still
    /// sends them.
    /// </summary>
    private static Task<List<Row>> ReadAsync(PortalDbContext db, IQueryable<Gateway> wanted, CancellationToken cancellationToken)
    {
        var rows =
            from gateway in wanted.AsNoTracking()
            join token in db.GatewayTokens on gateway.TokenId equals token.Id into tokens
            from token in tokens.DefaultIfEmpty()
            let last = db.Messages
                .Where(
                    m => m.GatewayId == gateway.Id
                        && (m.Records > 0 || m.QuarantinedParts > 0 || m.Answer == StatusCodes.Status413PayloadTooLarge))
                .OrderByDescending(m => m.Id).FirstOrDefault()
            select new Row(
                gateway,
                token.Name,
                last.Answer == StatusCodes.Status413PayloadTooLarge ? last.Id : null,
                last.Bytes);
        return rows.ToListAsync(cancellationToken);
    }

    private IEnumerable<(int GatewayId, string Serial)> Heard(SiteScope scope) =>
        loggers.All.Where(l => scope.SeesLogger(l.Id)).SelectMany(
            l => scope.Through(l, receipts).Select(c => (c.GatewayId!.Value, l.Serial)));

    private GatewayOverview Overview(Row row, IEnumerable<string> heard, SiteScope scope)
    {
        var all = Overview(row, heard);
        return scope.IsLimited
            ? all with
            {
                TokenName = null,
                SharesTokenWith = [],
                Successor = null,
                LoggerCount = null,
                Address = null,
                Note = null,
                Stuck = null
            }
            : all;
    }

    private GatewayOverview Overview(Row row, IEnumerable<string> heard)
    {
        var gateway = row.Gateway;
        var entry = gateways.Find(gateway.Id);
        var candidates = gateways.Candidates(gateway.TokenId, time.GetUtcNow().ToUnixTimeMilliseconds());
        var isCandidate = candidates.Any(g => g.Id == gateway.Id);
        var lastMessageId = entry?.LastMessageId ?? 0;
        DateTimeOffset? lastMessageUtc = lastMessageId == 0 ? null : receipts.ReceivedAtUtc(lastMessageId);
        return new GatewayOverview
        {
            Id = gateway.Id,
            Serial = gateway.Serial,
            Name = gateway.Name,
            TokenId = gateway.TokenId,
            TokenName = row.TokenName,
            SharesTokenWith = [.. candidates.Where(g => isCandidate && g.Id != gateway.Id).Select(NameOf).Order(StringComparer.Ordinal)],
            Successor = !isCandidate && gateway.RetiredUtc is null && candidates is [var only] ? NameOf(only) : null,
            RetiredUtc = gateway.RetiredUtc,
            State = GatewayState.At(lastMessageUtc, gateway.HeartbeatIntervalSeconds, time.GetUtcNow()),
            LastMessageUtc = lastMessageUtc,
            LastHeartbeatUtc = gateway.LastHeartbeatUtc,
            HeartbeatIntervalSeconds = gateway.HeartbeatIntervalSeconds,
            RestartedUtc = gateway.RestartedUtc,
            FirstSeenUtc = gateway.FirstSeenUtc,
            SoftwareVersion = gateway.SoftwareVersion,
            UptimeSeconds = gateway.UptimeSeconds,
            LoggerCount = gateway.LoggerCount,
            Power = gateway.Power,
            BatteryPercent = gateway.BatteryPercent,
            Address = gateway.Address,
            IsPlainHttp = entry?.IsPlainHttp,
            Note = gateway.Note,
            Version = gateway.Version,
            Loggers = [.. heard.Order(StringComparer.Ordinal)],
            Stuck = row.RefusedId is { } refused
                ? new StuckMessage(row.RefusedBytes ?? 0, receipts.ReceivedAtUtc(refused))
                : StuckWith(gateway.TokenId),
        };
    }

    private static string NameOf(GatewayEntry gateway) => gateway.Serial ?? Gateway.FirstName(gateway.Id, null);

    /// <summary>The message that one of the gateways of a token is stuck with; null if none is.</summary>
    private StuckMessage? StuckWith(int tokenId) =>
        gateways.RefusedOf(tokenId) is { } refused && time.GetUtcNow() - refused.RefusedUtc < SentAgainWithin ? refused : null;

    private sealed record Row(Gateway Gateway, string? TokenName, long? RefusedId, long? RefusedBytes);
}
