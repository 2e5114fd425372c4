using System.Security.Cryptography;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <content>How gateway tokens are made and changed, within the transaction.</content>
public sealed partial class TokenIssuer
{
    private async Task<TokenOutcome> IssueAsync(
        PortalDbContext db, Actor actor, GatewayTokenDraft draft, CancellationToken cancellationToken)
    {
        var text = draft.IsHeadersOnly ? null : Guid.NewGuid().ToString();
        CustomHeader[] headers = [.. draft.Headers.Select(h => h.Value.Length > 0 ? h : h with { Value = Guid.NewGuid().ToString() })];
        (string Name, byte[] Hash)[] hashes = [.. headers.Select(h => (h.Name, TokenHash.Of(h.Value).ToBytes()))];
        if (draft.IsHeadersOnly && await IsTakenAsync(db, hashes, cancellationToken))
        {
            return TokenOutcome.Failed(AccessFaultKind.TokenHeadersTaken);
        }

        var token = New(draft, HashOf(text), draft.IsHeadersOnly);
        await AddAsync(db, actor, token, hashes, cancellationToken);
        return new TokenOutcome(new IssuedToken(token.Id, token.Name, text, headers, []), []);
    }

    private async Task<TokenOutcome> RotateAsync(
        PortalDbContext db, Actor actor, GatewayToken old, DateTimeOffset oldUntilUtc, CancellationToken cancellationToken)
    {
        var kept = await db.TokenHeaders.Where(h => h.TokenId == old.Id).OrderBy(h => h.Id).ToListAsync(cancellationToken);
        var text = old.IsHeadersOnly ? null : Guid.NewGuid().ToString();
        CustomHeader[] changed = old.IsHeadersOnly ? [.. kept.Select(h => new CustomHeader(h.Name, Guid.NewGuid().ToString()))] : [];
        var details = new GatewayTokenDetails
        {
            Name = old.Name,
            Note = old.Note,
            GatewayId = old.GatewayId ?? await OnlyGatewayAsync(
            db, old.Id, cancellationToken),
            Networks = old.Networks,
            Serials = old.Serials
        };
        var token = New(details, HashOf(text), old.IsHeadersOnly, old.Id);
        (string, byte[])[] hashes = old.IsHeadersOnly
            ? [.. changed.Select(h => (h.Name, TokenHash.Of(h.Value).ToBytes()))]
            : [.. kept.Select(h => (h.Name, h.ValueHash))];

        var before = TokenNotes.InWords(old.ExpiresUtc);
        var now = time.GetUtcNow();
        oldUntilUtc = oldUntilUtc < now ? now : oldUntilUtc;
        old.ExpiresUtc = old.ExpiresUtc < oldUntilUtc ? old.ExpiresUtc : oldUntilUtc;
        old.Version++;
        await AddAsync(db, actor, token, hashes, cancellationToken);
        await audit.AddAsync(
            db,
            actor,
            new AuditNote(
                "gateway token rotated", TokenNotes.Subject(old), $"until: {before ?? "for ever"}",
                $"until: {TokenNotes.InWords(old.ExpiresUtc)}; replaced by {token.Id}"),
            cancellationToken);
        return new TokenOutcome(
            new IssuedToken(token.Id, token.Name, text, changed, old.IsHeadersOnly ? [] : [.. kept.Select(h => h.Name)]), []);
    }

    private async Task<IReadOnlyList<AccessFault>> EditAsync(
        PortalDbContext db, Actor actor, GatewayToken token, GatewayTokenDetails details, CancellationToken cancellationToken)
    {
        var (subject, before) = (TokenNotes.Subject(token), TokenNotes.Facts(token, []));
        (token.Name, token.Note, token.GatewayId) = (details.Name, details.Note, details.GatewayId);
        (token.ExpiresUtc, token.Networks, token.Serials) = (details.ExpiresUtc, details.Networks, details.Serials);
        if (TokenNotes.Changed("gateway token changed", subject, before, TokenNotes.Facts(token, [])) is { } note)
        {
            token.Version++;
            await audit.AddAsync(db, actor, note, cancellationToken);
        }

        return [];
    }

    private async Task AddAsync(
        PortalDbContext db, Actor actor, GatewayToken token, IReadOnlyCollection<(string Name, byte[] Hash)> headers,
        CancellationToken cancellationToken)
    {
        db.GatewayTokens.Add(token);
        await db.SaveChangesAsync(cancellationToken);
        db.TokenHeaders.AddRange(headers.Select(h => new TokenHeader { TokenId = token.Id, Name = h.Name, ValueHash = h.Hash }));
        await audit.AddAsync(db, actor, TokenNotes.Issued(token, headers.Select(h => h.Name)), cancellationToken);
    }

    private GatewayToken New(GatewayTokenDetails details, byte[] hash, bool isHeadersOnly = false, int? replacesId = null) => new()
    {
        Name = details.Name,
        Note = details.Note,
        GatewayId = details.GatewayId,
        ExpiresUtc = details.ExpiresUtc,
        Networks = details.Networks,
        Serials = details.Serials,
        Hash = hash,
        CreatedUtc = time.GetUtcNow(),
        IsHeadersOnly = isHeadersOnly,
        ReplacesId = replacesId,
    };

    /// <summary>If only headers are required, the token has a hash that no text has.</summary>
    private static byte[] HashOf(string? text) =>
        text is null ? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes) : TokenHash.Of(text).ToBytes();

    private static async Task<bool> IsTakenAsync(
        PortalDbContext db, IEnumerable<(string Name, byte[] Hash)> headers, CancellationToken cancellationToken)
    {
        var wanted = headers.Select(h => (h.Name.ToUpperInvariant(), Convert.ToHexString(h.Hash))).ToHashSet();
        var present = await db.TokenHeaders.AsNoTracking()
            .Where(h => db.GatewayTokens.Any(t => t.Id == h.TokenId && t.IsHeadersOnly))
            .ToListAsync(cancellationToken);
        return present.GroupBy(h => h.TokenId).Any(
            token => wanted.SetEquals(token.Select(h => (h.Name.ToUpperInvariant(), Convert.ToHexString(h.ValueHash)))));
    }

    /// <summary>With it, measurements under the new token are assigned to the same gateway even before its next heartbeat.</summary>
    private static async Task<int?> OnlyGatewayAsync(PortalDbContext db, int tokenId, CancellationToken cancellationToken) =>
        await db.Gateways.Where(g => g.TokenId == tokenId && g.RetiredUtc == null)
            .Select(g => g.Id)
            .Order()
            .Take(2)
            .ToListAsync(cancellationToken) is [var only]
            ? only
            : null;
}
