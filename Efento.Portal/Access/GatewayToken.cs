using Efento.Portal.Configuration;

namespace Efento.Portal.Access;

/// <summary>What a gateway sends as X-Api-Token; the vendor calls it the organisation token. Only its hash is kept.</summary>
public sealed class GatewayToken
{
    /// <summary>The longest token that fits into a gateway's settings. Source: docs/gateway-api.md, "Headers".</summary>
    public const int MaxLength = 36;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>When it was revoked; null while it is valid.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresUtc { get; set; }

    /// <summary>A note about it.</summary>
    public string? Note { get; set; }

    /// <summary>The gateway it was issued for, if one was named.</summary>
    public int? GatewayId { get; set; }

    /// <summary>The token it replaces; both are valid until the old one expires.</summary>
    public int? ReplacesId { get; init; }

    /// <summary>Whether only its custom headers are required, not X-Api-Token.</summary>
    public bool IsHeadersOnly { get; init; }

    /// <summary>Networks it may be used from, in CIDR notation separated by spaces; null for any.</summary>
    public string? Networks { get; set; }

    /// <summary>Serials of the gateways whose heartbeats it accepts, separated by spaces; null for any.</summary>
    public string? Serials { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>Counts changes, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}

/// <summary>A custom header a gateway must send with its token. Only the value's hash is kept.</summary>
public sealed class TokenHeader
{
    /// <summary>The most headers that a gateway can send. Source: docs/gateway-api.md, "Headers".</summary>
    public const int MostPerToken = 10;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The token it belongs to.</summary>
    public required int TokenId { get; init; }

    /// <summary>The header's name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of its value.</summary>
    public required byte[] ValueHash { get; init; }
}
