using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Issues, changes and revokes tokens. What is stored is a hash: the token itself is shown once. Each change stands in the audit trail and
/// holds at once.
/// </summary>
public sealed partial class TokenIssuer(
    WriteGate gate, IDbContextFactory<PortalDbContext> database, TokenDirectory directory, AuditTrail audit, TimeProvider time)
{
    /// <summary>Issues a gateway token: a UUID, or headers alone.</summary>
    public Task<TokenOutcome> IssueGatewayTokenAsync(Actor actor, GatewayTokenDraft draft, CancellationToken cancellationToken = default)
    {
        var tidy = TokenRules.Tidy(draft);
        string[] faults = [.. TokenRules.Faults(tidy, time.GetUtcNow()), .. TokenRules.HeaderFaults(tidy)];
        return faults.Length > 0
            ? Task.FromResult(TokenOutcome.Failed(faults))
            : ChangeAsync(db => IssueAsync(db, actor, tidy, cancellationToken), cancellationToken);
    }

    /// <summary>Makes a token of the caller's own valid for gateways; false if it was issued before.</summary>
    public Task<bool> AddGatewayTokenAsync(Actor actor, string name, string token, CancellationToken cancellationToken = default)
    {
        var added = New(new GatewayTokenDetails { Name = name }, TokenHash.Of(token).ToBytes());
        return ChangeAsync(
            async db =>
            {
                if (await db.GatewayTokens.AnyAsync(t => t.Hash == added.Hash, cancellationToken))
                {
                    return false;
                }

                await AddAsync(db, actor, added, [], cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>
    /// Issues the token that takes another's place: both are valid until <paramref name="oldUntilUtc"/>. Headers beside a token stay as they
    /// are; headers alone get new values.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The token to be replaced.</param>
    /// <param name="version">As it was seen.</param>
    /// <param name="oldUntilUtc">Until when the old one stays valid.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<TokenOutcome> RotateGatewayTokenAsync(
        Actor actor, int id, int version, DateTimeOffset oldUntilUtc, CancellationToken cancellationToken = default) => ChangeAsync(
            async db =>
            {
                var old = await db.GatewayTokens.SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
                return old is null || !IsValid(old.RevokedUtc, old.ExpiresUtc) ? TokenOutcome.Failed(AccessText.TokenNotValid)
                    : old.Version != version ? TokenOutcome.Failed(AccessText.TokenChanged)
                    : await RotateAsync(db, actor, old, oldUntilUtc, cancellationToken);
            },
            cancellationToken);

    /// <summary>Changes what is said of a gateway token.</summary>
    /// <returns>What is wrong; empty if it was changed.</returns>
    public Task<IReadOnlyList<string>> EditGatewayTokenAsync(
        Actor actor, int id, int version, GatewayTokenDetails details, CancellationToken cancellationToken = default)
    {
        var tidy = TokenRules.Tidy(details);
        return ChangeAsync<IReadOnlyList<string>>(
            async db =>
            {
                if (await db.GatewayTokens.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is not { RevokedUtc: null } token)
                {
                    return [AccessText.TokenNotValid];
                }

                string[] faults = [.. TokenRules.Faults(tidy with { ExpiresUtc = tidy.ExpiresUtc == token.ExpiresUtc ? null : tidy.ExpiresUtc }, time.GetUtcNow())];
                return token.Version != version ? [AccessText.TokenChanged] : faults.Length > 0 ? faults : await EditAsync(db, actor, token, tidy, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Revokes a gateway token.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The token.</param>
    /// <param name="version">As it was seen; null to revoke it however it is.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is wrong; empty if it was revoked.</returns>
    public Task<IReadOnlyList<string>> RevokeGatewayTokenAsync(
        Actor actor, int id, int? version, string? reason, CancellationToken cancellationToken = default) => ChangeAsync<IReadOnlyList<string>>(
        async db =>
        {
            if (await db.GatewayTokens.SingleOrDefaultAsync(t => t.Id == id && t.RevokedUtc == null, cancellationToken) is not { } token)
            {
                return [AccessText.TokenNotValid];
            }

            if (token.Version != (version ?? token.Version))
            {
                return [AccessText.TokenChanged];
            }

            token.RevokedUtc = time.GetUtcNow();
            token.Version++;
            await audit.AddAsync(db, actor, new AuditNote("gateway token revoked", TokenNotes.Subject(token), Reason: reason), cancellationToken);
            return [];
        },
        cancellationToken);

    /// <summary>Every gateway token, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<GatewayToken>> ListGatewayTokensAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.GatewayTokens.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The names of the custom headers each gateway token asks for.</summary>
    public async Task<ILookup<int, string>> ListHeadersAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return (await db.TokenHeaders.AsNoTracking().OrderBy(h => h.Id).ToListAsync(cancellationToken)).ToLookup(h => h.TokenId, h => h.Name);
    }

    private bool IsValid(DateTimeOffset? revokedUtc, DateTimeOffset? expiresUtc) => revokedUtc is null && !(expiresUtc <= time.GetUtcNow());

    private async Task<T> ChangeAsync<T>(Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken)
    {
        var result = await gate.WriteAsync(change, cancellationToken);

        // Whoever asked may be gone by now; the change holds all the same.
        await directory.ReloadAsync(CancellationToken.None);
        return result;
    }
}
