using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Reads the quarantine for pages.</summary>
internal sealed class QuarantineQuery(
    IDbContextFactory<PortalDbContext> database, QuarantineIntake quarantine, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>The maximum number of items in one action.</summary>
    public const int MostKeys = 10_000;

    /// <summary>The use of space by all tokens together.</summary>
    public QuarantineUse Use => new(null, null, quarantine.Bytes, options.CurrentValue.QuarantineBytes);

    /// <summary>
    /// The quarantine and the tokens that have passed a warning level, the fullest first. Read from memory, except for the tokens' names.
    /// </summary>
    public async Task<IReadOnlyList<QuarantineUse>> ReadWarningsAsync(CancellationToken cancellationToken = default)
    {
        var limit = options.CurrentValue.QuarantineBytesPerToken;
        List<QuarantineUse> full =
        [
            .. quarantine.BytesOfToken.Select(t => new QuarantineUse(t.Key, null, t.Value, limit)).Append(Use).Where(u => u.Mark > 0)
        ];
        if (full.Exists(u => u.TokenId is not null))
        {
            var ids = full.Select(u => u.TokenId).ToList();
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var names = await db.GatewayTokens.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
            full = [.. full.Select(u => u with { TokenName = names.GetValueOrDefault(u.TokenId ?? 0) })];
        }

        return [.. full.OrderByDescending(u => u.Percent)];
    }

    /// <summary>The items that match, newest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="before">Only items older than this one; null starts with the newest.</param>
    /// <param name="count">The maximum number of items.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<QuarantineList> ListAsync(
        QuarantineFilter filter, int? before, int count, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var items = filter.On(db.QuarantineItems.AsNoTracking())
            .Where(q => before == null || q.Id < before)
            .OrderByDescending(q => q.Id)
            .Take(count + 1);
        var lines = await ReadAsync(db, items, cancellationToken);
        return lines.Count > count ? new([.. lines.Take(count)], lines[count - 1].Key.Id) : new(lines, null);
    }

    /// <summary>The items that match, newest first, for an action on all of them; at most <see cref="MostKeys"/>.</summary>
    public async Task<IReadOnlyList<QuarantineKey>> ReadKeysAsync(QuarantineFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var items = await filter.On(db.QuarantineItems.AsNoTracking()).OrderByDescending(q => q.Id).Take(MostKeys)
            .Select(q => new { q.Id, q.Hash, q.Reason }).ToListAsync(cancellationToken);
        return [.. items.Select(q => new QuarantineKey(q.Id, Convert.ToHexString(q.Hash), q.Reason))];
    }

    /// <summary>One item with its text; null if it does not exist.</summary>
    public async Task<QuarantineDetails?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await ReadAsync(db, db.QuarantineItems.AsNoTracking().Where(q => q.Id == id), cancellationToken) is not [var line])
        {
            return null;
        }

        var raw = await db.QuarantineItems.Where(q => q.Id == id && q.ReadAgainMs == null)
            .Select(q => q.Raw)
            .SingleOrDefaultAsync(cancellationToken);
        if (raw is null)
        {
            return new QuarantineDetails(line, null);
        }

        await using var opened = RawBytes.Open(raw);
        return new QuarantineDetails(line, RawText.Read(opened));
    }

    /// <summary>The number of waiting items of a gateway.</summary>
    public async Task<int> CountAsync(int gatewayId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await new QuarantineFilter(gatewayId).On(db.QuarantineItems).CountAsync(cancellationToken);
    }

    /// <summary>The gateways that can be selected in the filter.</summary>
    public async Task<IReadOnlyList<KeyValuePair<int, string>>> ReadGatewaysAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await db.Gateways.Select(g => KeyValuePair.Create(g.Id, g.Name)).ToListAsync(cancellationToken);
        return [.. names.OrderBy(g => g.Value, StringComparer.Ordinal)];
    }

    /// <summary>Every shape of body, newest first.</summary>
    public async Task<IReadOnlyList<ShapeLine>> ReadShapesAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var shapes = await db.SeenShapes.OrderByDescending(s => s.Id)
            .Select(s => new { s.Id, s.Route, s.Count, s.FirstSeenUtc, s.LastSeenUtc, s.Fields }).ToListAsync(cancellationToken);
        return
        [
            .. shapes.Select(s => new ShapeLine(
                s.Id, s.Route, s.Count, s.FirstSeenUtc, s.LastSeenUtc, s.Fields.Split('\n', StringSplitOptions.RemoveEmptyEntries))),
        ];
    }

    private static async Task<List<QuarantineLine>> ReadAsync(
        PortalDbContext db, IQueryable<QuarantineItem> items, CancellationToken cancellationToken)
    {
        var rows =
            from item in items
            join gateway in db.Gateways on item.GatewayId equals gateway.Id into gateways
            from gateway in gateways.DefaultIfEmpty()
            join token in db.GatewayTokens on item.TokenId equals token.Id into tokens
            from token in tokens.DefaultIfEmpty()
            orderby item.Id descending
            select new
            {
                item.Id,
                item.Hash,
                item.Reason,
                item.Scope,
                item.GatewayId,
                GatewayName = gateway.Name,
                TokenName = token.Name,
                item.MessageId,
                Kept = item.Raw.Length,
                item.Count,
                item.FirstMs,
                item.LastMs,
                item.ReadAgainMs,
            };
        return
        [
            .. (await rows.ToListAsync(cancellationToken)).Select(q => new QuarantineLine(
                new QuarantineKey(q.Id, Convert.ToHexString(q.Hash), q.Reason), q.Scope, q.GatewayId, q.GatewayName, q.TokenName,
                q.MessageId, q.Kept,
                q.Count, At(q.FirstMs)!.Value, At(q.LastMs)!.Value, At(q.ReadAgainMs))),
        ];
    }

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>A shape of body for display.</summary>
/// <param name="Id">The key.</param>
/// <param name="Route">The path such bodies were posted to.</param>
/// <param name="Count">How many such bodies were received.</param>
/// <param name="FirstSeenUtc">When the first one was received.</param>
/// <param name="LastSeenUtc">When the last one was received.</param>
/// <param name="Fields">Its fields with their JSON kinds.</param>
internal sealed record ShapeLine(
    int Id, string Route, long Count, DateTimeOffset FirstSeenUtc, DateTimeOffset LastSeenUtc, IReadOnlyList<string> Fields);
