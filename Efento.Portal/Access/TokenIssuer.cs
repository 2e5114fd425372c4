using System.Linq.Expressions;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Issues and revokes tokens. What is stored is a hash: the token itself is shown once.</summary>
public sealed class TokenIssuer(WriteGate gate, IDbContextFactory<PortalDbContext> database, TokenDirectory directory, TimeProvider time)
{
    /// <summary>Issues a gateway token: a UUID.</summary>
    /// <returns>The token in clear; it can't be read again.</returns>
    public async Task<string> IssueGatewayTokenAsync(string name, CancellationToken cancellationToken = default)
    {
        var token = Guid.NewGuid().ToString();
        await AddGatewayTokenAsync(name, token, cancellationToken);
        return token;
    }

    /// <summary>Makes a token of the caller's own valid for gateways; false if it was issued before.</summary>
    public Task<bool> AddGatewayTokenAsync(string name, string token, CancellationToken cancellationToken = default)
    {
        var added = new GatewayToken { Name = name, Hash = TokenHash.Of(token).Bytes, CreatedUtc = time.GetUtcNow() };
        return AddAsync(added, t => t.Hash == added.Hash, cancellationToken);
    }

    /// <summary>Issues an API token: a UUID.</summary>
    /// <returns>The token in clear; it can't be read again.</returns>
    public async Task<string> IssueApiTokenAsync(string name, string scopes, CancellationToken cancellationToken = default)
    {
        var token = Guid.NewGuid().ToString();
        await AddApiTokenAsync(name, scopes, token, cancellationToken);
        return token;
    }

    /// <summary>Makes a token of the caller's own valid for the read API; false if it was issued before.</summary>
    public Task<bool> AddApiTokenAsync(string name, string scopes, string token, CancellationToken cancellationToken = default)
    {
        var added = new ApiToken { Name = name, Scopes = scopes, Hash = TokenHash.Of(token).Bytes, CreatedUtc = time.GetUtcNow() };
        return AddAsync(added, t => t.Hash == added.Hash, cancellationToken);
    }

    /// <summary>Revokes a gateway token; false if there is none of that number or it was revoked before.</summary>
    public Task<bool> RevokeGatewayTokenAsync(int id, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            async db => await db.GatewayTokens.Where(t => t.Id == id && t.RevokedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedUtc, now), cancellationToken) == 1,
            cancellationToken);
    }

    /// <summary>Revokes an API token; false if there is none of that number or it was revoked before.</summary>
    public Task<bool> RevokeApiTokenAsync(int id, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            async db => await db.ApiTokens.Where(t => t.Id == id && t.RevokedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedUtc, now), cancellationToken) == 1,
            cancellationToken);
    }

    /// <summary>Every gateway token, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<GatewayToken>> ListGatewayTokensAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.GatewayTokens.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Every API token, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListApiTokensAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    private Task<bool> AddAsync<T>(T token, Expression<Func<T, bool>> isSame, CancellationToken cancellationToken)
        where T : class =>
        ChangeAsync(
            async db =>
            {
                var isNew = !await db.Set<T>().AnyAsync(isSame, cancellationToken);
                if (isNew)
                {
                    db.Add(token);
                }

                return isNew;
            },
            cancellationToken);

    private async Task<bool> ChangeAsync(Func<PortalDbContext, Task<bool>> change, CancellationToken cancellationToken)
    {
        var isChanged = await gate.WriteAsync(change, cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        return isChanged;
    }
}
