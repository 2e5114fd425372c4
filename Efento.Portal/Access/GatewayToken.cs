namespace Efento.Portal.Access;

/// <summary>What a gateway sends as X-Api-Token; the vendor calls it the organisation token. Only its hash is kept.</summary>
public sealed class GatewayToken
{
    /// <summary>The longest token a gateway's settings take. Source: docs/gateway-api.md, "Envelope".</summary>
    public const int MaxLength = 36;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>When it was revoked; null while it is valid.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }

    /// <summary>Until when it is valid; null for ever.</summary>
    public DateTimeOffset? ExpiresUtc { get; set; }

    /// <summary>What people want to remember of it.</summary>
    public string? Note { get; set; }

    /// <summary>The gateway it was issued for, if somebody said so.</summary>
    public int? GatewayId { get; set; }

    /// <summary>The token it takes the place of; both are valid until that one expires.</summary>
    public int? ReplacesId { get; init; }

    /// <summary>Whether its custom headers alone are asked for, not X-Api-Token.</summary>
    public bool IsHeadersOnly { get; init; }

    /// <summary>Networks it may be used from, in CIDR notation separated by spaces; null for any.</summary>
    public string? Networks { get; set; }

    /// <summary>Serials of gateways whose heartbeats it takes, separated by spaces; null for any.</summary>
    public string? Serials { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>Counts changes, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }
}

/// <summary>A custom header a gateway must send with its token. Only the value's hash is kept.</summary>
public sealed class TokenHeader
{
    /// <summary>The most a gateway can send. Source: docs/gateway-api.md, "Envelope".</summary>
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
