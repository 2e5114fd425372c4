using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Issues and revokes tokens. What is stored is a hash: the token itself is shown once.</summary>
public sealed class TokenIssuer(WriteGate gate, IDbContextFactory<PortalDbContext> database, TokenDirectory directory, TimeProvider time)
{
    /// <summary>Issues a gateway token: a UUID, unless the caller brings its own.</summary>
    /// <returns>The token in clear; it can't be read again.</returns>
    public async Task<string> IssueGatewayTokenAsync(string name, string? token = null, CancellationToken cancellationToken = default)
    {
        token ??= Guid.NewGuid().ToString();
        await WriteAsync(
            db => db.GatewayTokens.Add(new GatewayToken { Name = name, Hash = TokenHash.Of(token).Bytes, CreatedUtc = time.GetUtcNow() }),
            cancellationToken);
        return token;
    }

    /// <summary>Issues an API token.</summary>
    /// <returns>The token in clear; it can't be read again.</returns>
    public async Task<string> IssueApiTokenAsync(string name, string scopes, string? token = null, CancellationToken cancellationToken = default)
    {
        token ??= Guid.NewGuid().ToString();
        await WriteAsync(
            db => db.ApiTokens.Add(new ApiToken { Name = name, Scopes = scopes, Hash = TokenHash.Of(token).Bytes, CreatedUtc = time.GetUtcNow() }),
            cancellationToken);
        return token;
    }

    /// <summary>Revokes a gateway token; false if there is none of that number or it was revoked before.</summary>
    public async Task<bool> RevokeGatewayTokenAsync(int id, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var revoked = await gate.WriteAsync(
            db => db.GatewayTokens.Where(t => t.Id == id && t.RevokedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedUtc, now), cancellationToken),
            cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        return revoked == 1;
    }

    /// <summary>Every gateway token, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<GatewayToken>> ListGatewayTokensAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.GatewayTokens.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    private async Task WriteAsync(Action<PortalDbContext> change, CancellationToken cancellationToken)
    {
        await gate.WriteAsync(
            db =>
            {
                change(db);
                return Task.CompletedTask;
            },
            cancellationToken);
        await directory.ReloadAsync(cancellationToken);
    }
}
