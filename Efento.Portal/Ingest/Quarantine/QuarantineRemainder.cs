using System.Security.Cryptography;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Payload;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>A part of a message that can't be used.</summary>
/// <param name="Scope">Its scope.</param>
/// <param name="Reason">Why it can't be used.</param>
/// <param name="Hash">SHA-256 of its raw bytes.</param>
/// <param name="Raw">Its raw bytes, compressed.</param>
internal sealed record QuarantinePart(RejectScope Scope, RejectReason Reason, byte[] Hash, byte[] Raw)
{
    public static QuarantinePart Of(Reject reject, ReadOnlySpan<byte> body)
    {
        var raw = body.Slice(reject.Offset, reject.Length);
        return new(reject.Scope, reject.Reason, SHA256.HashData(raw), RawBytes.Compress(raw));
    }

    public bool Is(QuarantineItem item) => item.Reason == Reason && item.Hash.AsSpan().SequenceEqual(Hash);
}

/// <summary>
/// Updates an item that was read again. It stays unchanged, or becomes the first of the remaining parts with the others beside it, or is
/// marked as read and its space is released. Each part is stored once, so reading an item repeatedly changes nothing more.
/// </summary>
internal sealed class QuarantineRemainder(PortalDbContext db, QuarantineItem item, IReadOnlyList<QuarantinePart> parts)
{
    /// <summary>The change in the size of the quarantine in bytes; negative if space was released.</summary>
    public long GrownBytes { get; private set; }

    /// <summary>Updates the quarantine.</summary>
    public async Task SettleAsync(long nowMs, CancellationToken cancellationToken)
    {
        var hashes = parts.Select(p => p.Hash).ToList();
        var others = await db.QuarantineItems.Where(
            q => q.TokenId == item.TokenId && q.Id != item.Id && hashes.Contains(q.Hash)).ToListAsync(cancellationToken);
        var stays = parts.Any(part => part.Is(item));
        foreach (var part in parts)
        {
            if (part.Is(item))
            {
                continue;
            }

            if (others.Find(part.Is) is { } other)
            {
                Revive(other, part);
            }
            else if (!stays)
            {
                stays = true;
                Become(part);
            }
            else
            {
                others.Add(Add(part));
            }
        }

        if (!stays)
        {
            item.ReadAgainMs = nowMs;
            Replace(item, []);
        }
    }

    /// <summary>Restores a part that could be read before and now can't.</summary>
    private void Revive(QuarantineItem other, QuarantinePart part)
    {
        if (other.ReadAgainMs is not null)
        {
            other.ReadAgainMs = null;
            Replace(other, part.Raw);
        }
    }

    private void Become(QuarantinePart part)
    {
        (item.Scope, item.Reason, item.Hash) = (part.Scope, part.Reason, part.Hash);
        Replace(item, part.Raw);
    }

    private QuarantineItem Add(QuarantinePart part)
    {
        GrownBytes += part.Raw.Length;
        return db.QuarantineItems.Add(new QuarantineItem
        {
            TokenId = item.TokenId,
            GatewayId = item.GatewayId,
            MessageId = item.MessageId,
            Reason = part.Reason,
            Scope = part.Scope,
            Hash = part.Hash,
            Raw = part.Raw,
            Count = item.Count,
            FirstMs = item.FirstMs,
            LastMs = item.LastMs,
        }).Entity;
    }

    private void Replace(QuarantineItem changed, byte[] raw)
    {
        GrownBytes += raw.Length - changed.Raw.Length;
        changed.Raw = raw;
    }
}
