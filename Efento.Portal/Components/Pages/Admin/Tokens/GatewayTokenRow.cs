using Efento.Portal.Access;
using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>A gateway token with what is known of its use.</summary>
public sealed record GatewayTokenRow
{
    /// <summary>The token.</summary>
    public required GatewayToken Token { get; init; }

    /// <summary>The names of the custom headers it asks for.</summary>
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>Its last use.</summary>
    public required TokenUse Use { get; init; }

    /// <summary>The gateway that used it last, as far as that is known; else the one it was issued for.</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>How many gateways use it.</summary>
    public required int GatewayCount { get; init; }

    /// <summary>Messages of the last 24 hours.</summary>
    public required int PerDay { get; init; }

    /// <summary>The token that takes its place; null if none does.</summary>
    public int? ReplacedBy { get; init; }

    /// <summary>Whether it lets a gateway in.</summary>
    public bool IsValidAt(DateTimeOffset now) => Token.RevokedUtc is null && !(Token.ExpiresUtc <= now);
}
