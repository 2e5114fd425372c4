namespace Efento.Portal.Access;

/// <summary>The verdict on a presented token, or on the message it came with.</summary>
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

    /// <summary>The token has expired.</summary>
    Expired,

    /// <summary>A custom header the token needs was not sent.</summary>
    HeaderMissing,

    /// <summary>A custom header the token needs has another value.</summary>
    HeaderWrong,

    /// <summary>The token may not be used from this address.</summary>
    WrongNetwork,

    /// <summary>The token does not accept heartbeats of this gateway.</summary>
    WrongGateway,

    /// <summary>The request came over plain HTTP, which the settings forbid; the token was not checked.</summary>
    PlainHttp = 100,

    /// <summary>The request went to a path that accepts no messages.</summary>
    WrongPath = 101,

    /// <summary>The request was not valid HTTP, or was incomplete.</summary>
    Malformed = 102,

    /// <summary>The request came too slowly.</summary>
    TooSlow = 103,
}

/// <summary>The verdict on what a gateway presented.</summary>
/// <param name="Verdict">Whether it may send, or why not.</param>
/// <param name="Pass">The token that was recognized; null if none was.</param>
/// <param name="Header">The name of the header that is missing or wrong; never its value.</param>
/// <param name="Path">The path of the message, if the path or the message itself is wrong.</param>
public readonly record struct TokenCheck(TokenVerdict Verdict, GatewayPass? Pass = null, string? Header = null, string? Path = null);
