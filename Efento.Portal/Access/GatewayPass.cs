using System.Net;
using Efento.Portal.Configuration;

namespace Efento.Portal.Access;

/// <summary>A gateway token in memory, prepared for checks, so that a request parses and allocates nothing.</summary>
public sealed class GatewayPass
{
    private readonly GatewayToken _token;
    private readonly (string Name, TokenHash Value)[] _headers;
    private readonly IPNetwork[] _networks;
    private readonly string[] _serials;

    internal GatewayPass(GatewayToken token, IEnumerable<TokenHeader> headers, TokenUse use)
    {
        _token = token;
        _headers = [.. headers.OrderBy(h => h.Id).Select(h => (h.Name, new TokenHash(h.ValueHash)))];
        _networks = [.. Networks.ReadAll(token.Networks, out _)];
        _serials = (token.Serials ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Use = use;
    }

    /// <summary>The token's key.</summary>
    public int TokenId => _token.Id;

    /// <summary>The gateway it was issued for; null if none was named.</summary>
    public int? GatewayId => _token.GatewayId;

    /// <summary>Its last use.</summary>
    public TokenUse Use { get; }

    internal TokenHash Hash => new(_token.Hash);

    internal bool IsHeadersOnly => _token.IsHeadersOnly;

    internal IReadOnlyList<(string Name, TokenHash Value)> Headers => _headers;

    /// <summary>
    /// Whether heartbeats of this gateway are accepted. If the token is limited to serials, a heartbeat without a serial is rejected.
    /// </summary>
    public bool TakesHeartbeatOf(string? serial) => _serials.Length == 0 || _serials.Contains(serial, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it may be used now, from this address and with these headers.</summary>
    internal TokenCheck Check(IHeaderDictionary headers, IPAddress address, TimeProvider time)
    {
        if (_token.RevokedUtc is not null)
        {
            return new(TokenVerdict.Revoked, this);
        }

        if (_token.ExpiresUtc is { } end && end <= time.GetUtcNow())
        {
            return new(TokenVerdict.Expired, this);
        }

        return IsIn(address) ? CheckHeaders(headers) : new(TokenVerdict.WrongNetwork, this);
    }

    private TokenCheck CheckHeaders(IHeaderDictionary headers)
    {
        foreach (var (name, value) in _headers)
        {
            var sent = headers[name];
            if (sent.Count == 0)
            {
                return new(TokenVerdict.HeaderMissing, this, name);
            }

            if (GatewayPasses.OneOf(sent) is not { } said || !TokenHash.Of(said).Equals(value))
            {
                return new(TokenVerdict.HeaderWrong, this, name);
            }
        }

        return new(TokenVerdict.Valid, this);
    }

    private bool IsIn(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return _networks.Length == 0;
    }
}
