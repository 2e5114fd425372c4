namespace Efento.Portal.Access;

/// <summary>What became of a presented token, or of the message it came with.</summary>
public enum TokenVerdict : byte
{
    /// <summary>Valid.</summary>
    Valid,

    /// <summary>No token was sent.</summary>
    Missing,

    /// <summary>No such token was issued.</summary>
    Unknown,

    /// <summary>The token was revoked.</summary>
    Revoked,

    /// <summary>The token's time is over.</summary>
    Expired,

    /// <summary>A custom header the token needs was not sent.</summary>
    HeaderMissing,

    /// <summary>A custom header the token needs has another value.</summary>
    HeaderWrong,

    /// <summary>The token may not be used from this address.</summary>
    WrongNetwork,

    /// <summary>The token does not take heartbeats of this gateway.</summary>
    WrongGateway,

    /// <summary>It came over plain HTTP, which the settings forbid; the token was not looked at.</summary>
    PlainHttp = 100,

    /// <summary>It went to a path that takes no messages.</summary>
    WrongPath = 101,

    /// <summary>It was no valid HTTP message, or not a whole one.</summary>
    Malformed = 102,

    /// <summary>It came too slowly.</summary>
    TooSlow = 103,
}

/// <summary>What became of what a gateway presented.</summary>
/// <param name="Verdict">Whether it may send, or why not.</param>
/// <param name="Pass">The token it was found to be; null if none.</param>
/// <param name="Header">The name of the header that is missing or wrong; never its value.</param>
/// <param name="Path">The path the message went to, where that or the message itself is wrong.</param>
public readonly record struct TokenCheck(TokenVerdict Verdict, GatewayPass? Pass = null, string? Header = null, string? Path = null);
