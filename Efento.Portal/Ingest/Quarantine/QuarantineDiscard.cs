using System.Security.Cryptography;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Deletes quarantined items that nobody can use. The audit trail records them.</summary>
internal sealed class QuarantineDiscard(
    WriteGate gate, QuarantineIntake quarantine, AuditTrail audit, LiveFeed feed, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>The number of items in one transaction and one audit entry, so that messages don't wait for long.</summary>
    private const int Portion = 500;

    /// <summary>The number of items that an audit entry lists one by one.</summary>
    private const int MostListed = 20;

    /// <summary>Discards items that have not changed since the user saw them.</summary>
    /// <param name="actor">The user.</param>
    /// <param name="keys">The items.</param>
    /// <param name="reason">The reason in the user's words.</param>
    /// <param name="cancellationToken">Cancels between portions.</param>
    /// <returns>The number of discarded items. The others have changed or no longer exist.</returns>
    public async Task<int> DiscardAsync(
        Actor actor, IReadOnlyCollection<QuarantineKey> keys, string reason, CancellationToken cancellationToken = default)
    {
        var discarded = 0;
        foreach (var portion in keys.Chunk(Portion))
        {
            discarded += await DiscardAsync(actor, portion, reason, cancellationToken);
        }

        return discarded;
    }

    private async Task<int> DiscardAsync(Actor actor, QuarantineKey[] keys, string reason, CancellationToken cancellationToken)
    {
        var discarded = await gate.WriteAsync(
            db => DiscardAsync(db, actor, keys, reason, cancellationToken),
            items => items.ForEach(item => quarantine.Free(item.TokenId, item.Bytes, options.CurrentValue)),
            () => { },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Quarantine));
        return discarded.Count;
    }

    private async Task<List<Discarded>> DiscardAsync(
        PortalDbContext db, Actor actor, QuarantineKey[] keys, string reason, CancellationToken cancellationToken)
    {
        var ids = keys.Select(k => k.Id).ToList();
        var seen = keys.ToHashSet();
        var present = await db.QuarantineItems.Where(q => ids.Contains(q.Id) && q.ReadAgainMs == null).OrderBy(q => q.Id)
            .Select(q => new { q.Id, q.Hash, q.Reason, q.TokenId, Bytes = q.Raw.Length, q.Count }).ToListAsync(cancellationToken);
        List<Discarded> items =
        [
            .. present.Select(
                q => new Discarded(new(q.Id, Convert.ToHexString(q.Hash), q.Reason), q.TokenId, q.Bytes, q.Count)).Where(
                    d => seen.Contains(d.Key)),
        ];
        if (items.Count == 0)
        {
            return items;
        }

        var gone = items.Select(d => d.Key.Id).ToList();
        await db.QuarantineItems.Where(q => gone.Contains(q.Id)).ExecuteDeleteAsync(cancellationToken);
        await audit.AddAsync(db, actor, Note(items, reason), cancellationToken);
        return items;
    }

    private static AuditNote Note(List<Discarded> items, string reason)
    {
        var reasons = string.Join(", ", items.CountBy(d => d.Key.Reason).OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}"));
        var list = items.Count > MostListed
            ? $"items {items[0].Key.Id} to {items[^1].Key.Id}, SHA-256 of their hashes {HashOf(items)}"
            : string.Join("; ", items.Select(d => $"item {d.Key.Id}, came {d.Count} times, SHA-256 {d.Key.Hash}"));
        return new AuditNote(
            "quarantine discarded", items.Count == 1 ? $"quarantine item {items[0].Key.Id}" : $"{items.Count} quarantine items",
            $"{reasons}: {list}", null, reason);
    }

    private static string HashOf(List<Discarded> items) =>
        Convert.ToHexString(SHA256.HashData([.. items.SelectMany(d => Convert.FromHexString(d.Key.Hash))]));

    private sealed record Discarded(QuarantineKey Key, int TokenId, long Bytes, int Count);
}
