using System.Collections.Frozen;
using System.Net;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>The hashes of all tokens in memory, so that a check costs no query. Reloaded whenever a token changes.</summary>
public sealed class TokenDirectory(IDbContextFactory<PortalDbContext> database, TokenUses uses, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile GatewayPasses _gateways = GatewayPasses.None;
    private volatile FrozenDictionary<TokenHash, ApiToken> _apiTokens = FrozenDictionary<TokenHash, ApiToken>.Empty;

    /// <summary>Raised after a token was issued or changed and the change is in force.</summary>
    public event Action? Changed;

    /// <summary>Checks the token, headers and address of a gateway's request against all gateway tokens.</summary>
    public TokenCheck CheckGateway(IHeaderDictionary headers, IPAddress address) => _gateways.Check(headers, address, time);

    /// <summary>The gateway that a token was issued for; null if none was named.</summary>
    public int? GatewayOf(int tokenId) => _gateways.Find(tokenId)?.GatewayId;

    /// <summary>The valid API token that was presented; null if there is none.</summary>
    public ApiToken? FindApi(string presented) =>
        _apiTokens.TryGetValue(TokenHash.Of(presented), out var token) && IsValid(token) ? token : null;

    /// <summary>An API token by its key; null if there is none, or if it is not or no longer valid.</summary>
    public ApiToken? FindApi(int id) => _apiTokens.Values.FirstOrDefault(t => t.Id == id) is { } token && IsValid(token) ? token : null;

    /// <summary>Reads every token from the database.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        // Reloads run one at a time, so that an older result never replaces a newer one.
        await _reload.WaitAsync(cancellationToken);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var headers = (await db.TokenHeaders.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(h => h.TokenId);
            var gatewayTokens = await db.GatewayTokens.AsNoTracking().ToListAsync(cancellationToken);
            var apiTokens = await db.ApiTokens.AsNoTracking().ToListAsync(cancellationToken);
            _gateways = new GatewayPasses([.. gatewayTokens.Select(t => new GatewayPass(t, headers[t.Id], uses.Of(t)))]);
            _apiTokens = apiTokens.ToFrozenDictionary(t => new TokenHash(t.Hash));
        }
        finally
        {
            _reload.Release();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _reload.Dispose();

    private bool IsValid(ApiToken token) => token.RevokedUtc is null && !(token.ExpiresUtc <= time.GetUtcNow());
}
