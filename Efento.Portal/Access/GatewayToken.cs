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
}
