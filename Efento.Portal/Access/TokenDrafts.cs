namespace Efento.Portal.Access;

/// <summary>What people may say of a gateway token, and change later.</summary>
public record GatewayTokenDetails
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What people want to remember of it.</summary>
    public string? Note { get; init; }

    /// <summary>The gateway it is for, if somebody says so.</summary>
    public int? GatewayId { get; init; }

    /// <summary>Until when it is valid; null for ever.</summary>
    public DateTimeOffset? ExpiresUtc { get; init; }

    /// <summary>Networks it may be used from, as <see cref="Access.Networks"/> reads them; null for any.</summary>
    public string? Networks { get; init; }

    /// <summary>Serials of gateways whose heartbeats it takes, separated by spaces; null for any.</summary>
    public string? Serials { get; init; }
}

/// <summary>A gateway token to be issued.</summary>
public sealed record GatewayTokenDraft : GatewayTokenDetails
{
    /// <summary>Custom headers that must be sent as well; those without a value get one.</summary>
    public IReadOnlyList<CustomHeader> Headers { get; init; } = [];

    /// <summary>Whether the headers alone are asked for, not X-Api-Token.</summary>
    public bool IsHeadersOnly { get; init; }
}

/// <summary>What people may say of an API token, and change later.</summary>
public record ApiTokenDetails
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What people want to remember of it.</summary>
    public string? Note { get; init; }

    /// <summary>Until when it is valid; null for ever.</summary>
    public DateTimeOffset? ExpiresUtc { get; init; }
}

/// <summary>An API token to be issued.</summary>
public sealed record ApiTokenDraft : ApiTokenDetails
{
    /// <summary>What it may do (<see cref="ApiScopes"/>).</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The locations it is limited to; null for everything.</summary>
    public LocationLimit? Limit { get; init; }
}

/// <summary>A token that was issued: the only time its secrets are in clear.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Text">The token; null where headers alone are asked for.</param>
/// <param name="Headers">Custom headers whose values were set now; those a token keeps from the one it replaces are not among them.</param>
/// <param name="KeptHeaders">Names of headers that stay as they are in the gateway's settings.</param>
public sealed record IssuedToken(int Id, string Name, string? Text, IReadOnlyList<CustomHeader> Headers, IReadOnlyList<string> KeptHeaders);

/// <summary>What became of issuing a token.</summary>
/// <param name="Issued">The token; null if there is something wrong.</param>
/// <param name="Faults">What is wrong; empty if it was issued.</param>
public sealed record TokenOutcome(IssuedToken? Issued, IReadOnlyList<string> Faults)
{
    /// <summary>It was not issued.</summary>
    public static TokenOutcome Failed(params IReadOnlyList<string> faults) => new(null, faults);
}
