using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <content>API tokens.</content>
public sealed partial class TokenIssuer
{
    /// <summary>Issues an API token: a UUID.</summary>
    public Task<TokenOutcome> IssueApiTokenAsync(Actor actor, ApiTokenDraft draft, CancellationToken cancellationToken = default)
    {
        var tidy = TokenRules.TidyApi(draft);
        List<AccessFault> faults = [.. TokenRules.Faults(tidy.Name, tidy.Note, tidy.ExpiresUtc, time.GetUtcNow())];
        if (tidy.Scopes.Count == 0 || tidy.Scopes.Any(scope => !ApiScopes.IsKnown(scope)))
        {
            faults.Add(AccessFaultKind.TokenScopes);
        }

        if (draft.Limit is not null && ApiScopes.OfWholeSite(tidy.Scopes) is { } ofSite)
        {
            faults.Add(new AccessFault(AccessFaultKind.TokenScopeOfSite, ofSite));
        }

        var text = Guid.NewGuid().ToString();
        return faults.Count > 0
            ? Task.FromResult(TokenOutcome.Failed(faults))
            : ChangeAsync(
                async db =>
                {
                    if (await LocationNames.ReadAsync(db, draft.Limit, cancellationToken) is null)
                    {
                        return TokenOutcome.Failed(AccessFaultKind.LocationsGone);
                    }

                    var token = New(tidy, string.Join(' ', tidy.Scopes.Distinct()), text, draft.Limit);
                    await AddAsync(db, actor, token, cancellationToken);
                    return new TokenOutcome(new IssuedToken(token.Id, token.Name, text, [], []), []);
                },
                cancellationToken);
    }

    /// <summary>Makes a text chosen by the caller valid as an API token; false if it was issued before.</summary>
    public Task<bool> AddApiTokenAsync(
        Actor actor, string name, string scopes, string token, LocationLimit? limit = null, CancellationToken cancellationToken = default)
    {
        var added = New(new ApiTokenDetails { Name = name }, scopes, token, limit);
        return ChangeAsync(
            async db =>
            {
                if (await db.ApiTokens.AnyAsync(t => t.Hash == added.Hash, cancellationToken))
                {
                    return false;
                }

                await AddAsync(db, actor, added, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Changes the details of an API token; its scopes stay.</summary>
    /// <returns>The faults; empty if it was changed.</returns>
    public Task<IReadOnlyList<AccessFault>> EditApiTokenAsync(
        Actor actor, int id, int version, ApiTokenDetails details, CancellationToken cancellationToken = default)
    {
        var tidy = TokenRules.TidyApi(details);
        return ChangeAsync<IReadOnlyList<AccessFault>>(
            async db =>
            {
                if (await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is not { RevokedUtc: null } token)
                {
                    return [AccessFaultKind.TokenNotValid];
                }

                var end = tidy.ExpiresUtc == token.ExpiresUtc ? null : tidy.ExpiresUtc;
                AccessFault[] faults = [.. TokenRules.Faults(tidy.Name, tidy.Note, end, time.GetUtcNow())];
                return token.Version != version
                    ? [AccessFaultKind.TokenChanged]
                    : faults.Length > 0
                    ? faults
                    : await EditAsync(db, actor, token, tidy, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Revokes an API token.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="id">The token.</param>
    /// <param name="version">The version that the user saw; null to revoke any version.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The faults; empty if it was revoked.</returns>
    public Task<IReadOnlyList<AccessFault>> RevokeApiTokenAsync(
        Actor actor, int id, int? version, string? reason,
        CancellationToken cancellationToken = default) => ChangeAsync<IReadOnlyList<AccessFault>>(
        async db =>
        {
            if (await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id && t.RevokedUtc == null, cancellationToken) is not { } token)
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
                db, actor, new AuditNote("API token revoked", TokenNotes.Subject(token), Reason: reason), cancellationToken);
            return [];
        },
        cancellationToken);

    /// <summary>Every API token, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListApiTokensAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    private async Task AddAsync(PortalDbContext db, Actor actor, ApiToken token, CancellationToken cancellationToken)
    {
        db.ApiTokens.Add(token);
        await db.SaveChangesAsync(cancellationToken);
        await audit.AddAsync(db, actor, TokenNotes.Issued(token), cancellationToken);
    }

    private async Task<IReadOnlyList<AccessFault>> EditAsync(
        PortalDbContext db, Actor actor, ApiToken token, ApiTokenDetails details, CancellationToken cancellationToken)
    {
        var (subject, before) = (TokenNotes.Subject(token), TokenNotes.Facts(token));
        (token.Name, token.Note, token.ExpiresUtc) = (details.Name, details.Note, details.ExpiresUtc);
        if (TokenNotes.Changed("API token changed", subject, before, TokenNotes.Facts(token)) is { } note)
        {
            token.Version++;
            await audit.AddAsync(db, actor, note, cancellationToken);
        }

        return [];
    }

    private ApiToken New(ApiTokenDetails details, string scopes, string text, LocationLimit? limit) => new()
    {
        Name = details.Name,
        Note = details.Note,
        ExpiresUtc = details.ExpiresUtc,
        Scopes = scopes,
        Locations = limit?.Kept,
        Hash = TokenHash.Of(text).ToBytes(),
        CreatedUtc = time.GetUtcNow(),
    };
}
