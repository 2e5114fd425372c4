using Efento.Portal.Access;
using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>A gateway token and its use.</summary>
public sealed record GatewayTokenRow
{
    /// <summary>The token.</summary>
    public required GatewayToken Token { get; init; }

    /// <summary>The names of the custom headers that it requires.</summary>
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>Its last use.</summary>
    public required TokenUse Use { get; init; }

    /// <summary>The gateway that used it last, if known; otherwise the one it was issued for.</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>The number of gateways that use it.</summary>
    public required int GatewayCount { get; init; }

    /// <summary>The number of messages in the last 24 hours.</summary>
    public required int PerDay { get; init; }

    /// <summary>The token that replaces it; null if there is none.</summary>
    public int? ReplacedBy { get; init; }

    /// <summary>Whether it is valid.</summary>
    public bool IsValidAt(DateTimeOffset now) => Token.RevokedUtc is null && !(Token.ExpiresUtc <= now);
}
