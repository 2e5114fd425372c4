using Efento.Portal.Configuration;

namespace Efento.Portal.Access;

/// <summary>The details of a gateway token that users can enter, and change later.</summary>
public record GatewayTokenDetails
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>A note about it.</summary>
    public string? Note { get; init; }

    /// <summary>The gateway it is for, if one is named.</summary>
    public int? GatewayId { get; init; }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresUtc { get; init; }

    /// <summary>Networks it may be used from, as <see cref="Configuration.Networks"/> reads them; null for any.</summary>
    public string? Networks { get; init; }

    /// <summary>Serials of the gateways whose heartbeats it accepts, separated by spaces; null for any.</summary>
    public string? Serials { get; init; }
}

/// <summary>A gateway token to be issued.</summary>
public sealed record GatewayTokenDraft : GatewayTokenDetails
{
    /// <summary>Custom headers that must be sent too; those without a value get one.</summary>
    public IReadOnlyList<CustomHeader> Headers { get; init; } = [];

    /// <summary>Whether only the headers are required, not X-Api-Token.</summary>
    public bool IsHeadersOnly { get; init; }
}

/// <summary>The details of an API token that users can enter, and change later.</summary>
public record ApiTokenDetails
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>A note about it.</summary>
    public string? Note { get; init; }

    /// <summary>When it expires; null for never.</summary>
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
/// <param name="Name">Its name.</param>
/// <param name="Text">The token; null if only headers are required.</param>
/// <param name="Headers">Custom headers whose values were set now, without those kept from the token it replaces.</param>
/// <param name="KeptHeaders">Names of headers that stay as they are in the gateway's settings.</param>
public sealed record IssuedToken(int Id, string Name, string? Text, IReadOnlyList<CustomHeader> Headers, IReadOnlyList<string> KeptHeaders);

/// <summary>The outcome of issuing a token.</summary>
/// <param name="Issued">The token; null if there are faults.</param>
/// <param name="Faults">The faults; empty if it was issued.</param>
public sealed record TokenOutcome(IssuedToken? Issued, IReadOnlyList<AccessFault> Faults)
{
    /// <summary>It was not issued.</summary>
    public static TokenOutcome Failed(params IReadOnlyList<AccessFault> faults) => new(null, faults);
}
