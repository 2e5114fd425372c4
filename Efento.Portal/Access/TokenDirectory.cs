using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>Every token's hash in memory, so that checking one costs no query. Reloaded whenever a token changes.</summary>
public sealed class TokenDirectory(IDbContextFactory<PortalDbContext> database)
{
    private volatile FrozenDictionary<TokenHash, GatewayToken> _gatewayTokens = FrozenDictionary<TokenHash, GatewayToken>.Empty;
    private volatile FrozenDictionary<TokenHash, ApiToken> _apiTokens = FrozenDictionary<TokenHash, ApiToken>.Empty;

    /// <summary>Whether any gateway may send.</summary>
    public bool HasGatewayTokens => _gatewayTokens.Count > 0;

    /// <summary>Checks what a gateway sent as X-Api-Token; with <see cref="TokenVerdict.Valid"/> the token's id.</summary>
    public (TokenVerdict Verdict, int TokenId) CheckGateway(string? presented)
    {
        if (string.IsNullOrEmpty(presented))
        {
            return (TokenVerdict.Missing, 0);
        }

        var hash = TokenHash.Of(presented);
        if (!_gatewayTokens.TryGetValue(hash, out var token) || !hash.Matches(token.Hash))
        {
            return (TokenVerdict.Unknown, 0);
        }

        return token.RevokedUtc is null ? (TokenVerdict.Valid, token.Id) : (TokenVerdict.Revoked, token.Id);
    }

    /// <summary>The valid API token that was presented; null if there is none.</summary>
    public ApiToken? FindApi(string presented)
    {
        var hash = TokenHash.Of(presented);
        return _apiTokens.TryGetValue(hash, out var token) && hash.Matches(token.Hash) && token.RevokedUtc is null ? token : null;
    }

    /// <summary>Reads every token from the database.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var gatewayTokens = await db.GatewayTokens.AsNoTracking().ToListAsync(cancellationToken);
        var apiTokens = await db.ApiTokens.AsNoTracking().ToListAsync(cancellationToken);
        _gatewayTokens = gatewayTokens.ToFrozenDictionary(t => new TokenHash(t.Hash));
        _apiTokens = apiTokens.ToFrozenDictionary(t => new TokenHash(t.Hash));
    }
}

/// <summary>
/// SHA-256 of a token. Tokens are found by the first bytes of their hash, which tells an attacker nothing about the token,
/// and then compared in fixed time.
/// </summary>
public readonly struct TokenHash : IEquatable<TokenHash>
{
    private readonly long _prefix;
    private readonly byte[] _hash;

    public TokenHash(byte[] hash) => (_hash, _prefix) = (hash, BitConverter.ToInt64(hash));

    /// <summary>The hash as it is stored.</summary>
    public byte[] Bytes => _hash;

    /// <summary>The hash of a token as presented.</summary>
    public static TokenHash Of(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares whole hashes in fixed time.</summary>
    public bool Matches(byte[] stored) => CryptographicOperations.FixedTimeEquals(_hash, stored);

    /// <inheritdoc/>
    public bool Equals(TokenHash other) => CryptographicOperations.FixedTimeEquals(_hash, other._hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _prefix.GetHashCode();
}
