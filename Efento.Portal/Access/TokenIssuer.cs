using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Issues, changes and revokes tokens. Only a hash is stored; the token itself is shown once. Each change has an entry in the audit trail
/// and takes effect at once.
/// </summary>
public sealed partial class TokenIssuer(
    WriteGate gate, IDbContextFactory<PortalDbContext> database, TokenDirectory directory, AuditTrail audit, TimeProvider time)
{
    /// <summary>Issues a gateway token: a UUID, or only headers.</summary>
    public Task<TokenOutcome> IssueGatewayTokenAsync(Actor actor, GatewayTokenDraft draft, CancellationToken cancellationToken = default)
    {
        var tidy = TokenRules.Tidy(draft);
        AccessFault[] faults = [.. TokenRules.Faults(tidy, time.GetUtcNow()), .. TokenRules.HeaderFaults(tidy)];
        return faults.Length > 0
            ? Task.FromResult(TokenOutcome.Failed(faults))
            : ChangeAsync(db => IssueAsync(db, actor, tidy, cancellationToken), cancellationToken);
    }

    /// <summary>Makes a text chosen by the caller valid as a gateway token; false if it was issued before.</summary>
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
    /// Issues a token that replaces another one. Both are valid until <paramref name="oldUntilUtc"/>. Headers required beside a token keep
    /// their values; if only headers are required, they get new values.
    /// </summary>
    /// <param name="actor">The actor.</param>
    /// <param name="id">The token to be replaced.</param>
    /// <param name="version">The version that the user saw.</param>
    /// <param name="oldUntilUtc">When the old token expires.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<TokenOutcome> RotateGatewayTokenAsync(
        Actor actor, int id, int version, DateTimeOffset oldUntilUtc, CancellationToken cancellationToken = default) => ChangeAsync(
            async db =>
            {
                var old = await db.GatewayTokens.SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
                return old is null || !IsValid(old.RevokedUtc, old.ExpiresUtc) ? TokenOutcome.Failed(AccessFaultKind.TokenNotValid)
                    : old.Version != version ? TokenOutcome.Failed(AccessFaultKind.TokenChanged)
                    : await RotateAsync(db, actor, old, oldUntilUtc, cancellationToken);
            },
            cancellationToken);

    /// <summary>Changes the details of a gateway token.</summary>
    /// <returns>The faults; empty if it was changed.</returns>
    public Task<IReadOnlyList<AccessFault>> EditGatewayTokenAsync(
        Actor actor, int id, int version, GatewayTokenDetails details, CancellationToken cancellationToken = default)
    {
        var tidy = TokenRules.Tidy(details);
        return ChangeAsync<IReadOnlyList<AccessFault>>(
            async db =>
            {
                if (await db.GatewayTokens.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is not { RevokedUtc: null } token)
                {
                    return [AccessFaultKind.TokenNotValid];
                }

                AccessFault[] faults =
                [
                    .. TokenRules.Faults(
                        tidy with { ExpiresUtc = tidy.ExpiresUtc == token.ExpiresUtc ? null : tidy.ExpiresUtc }, time.GetUtcNow())
                ];
                return token.Version != version
                    ? [AccessFaultKind.TokenChanged]
                    : faults.Length > 0
                    ? faults
                    : await EditAsync(db, actor, token, tidy, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Revokes a gateway token.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="id">The token.</param>
    /// <param name="version">The version that the user saw; null to revoke any version.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The faults; empty if it was revoked.</returns>
    public Task<IReadOnlyList<AccessFault>> RevokeGatewayTokenAsync(
        Actor actor, int id, int? version, string? reason,
        CancellationToken cancellationToken = default) => ChangeAsync<IReadOnlyList<AccessFault>>(
        async db =>
        {
            if (await db.GatewayTokens.SingleOrDefaultAsync(t => t.Id == id && t.RevokedUtc == null, cancellationToken) is not { } token)
            {
                return [AccessFaultKind.TokenNotValid];
            }

            if (token.Version != (version ?? token.Version))
            {
                return [AccessFaultKind.TokenChanged];
            }

            token.RevokedUtc = time.GetUtcNow();
            token.Version++;
            await audit.AddAsync(
                db, actor, new AuditNote("gateway token revoked", TokenNotes.Subject(token), Reason: reason), cancellationToken);
            return [];
        },
        cancellationToken);

    /// <summary>Every gateway token, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<GatewayToken>> ListGatewayTokensAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.GatewayTokens.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The names of the custom headers that each gateway token requires.</summary>
    public async Task<ILookup<int, string>> ListHeadersAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return (
            await db.TokenHeaders.AsNoTracking().OrderBy(h => h.Id).ToListAsync(cancellationToken)).ToLookup(h => h.TokenId, h => h.Name);
    }

    private bool IsValid(DateTimeOffset? revokedUtc, DateTimeOffset? expiresUtc) => revokedUtc is null && !(expiresUtc <= time.GetUtcNow());

    private async Task<T> ChangeAsync<T>(Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken)
    {
        var result = await gate.WriteAsync(change, cancellationToken);

        // The caller may have gone by now; the change is committed all the same.
        await directory.ReloadAsync(CancellationToken.None);
        return result;
    }
}
