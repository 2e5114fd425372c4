namespace Efento.Portal.Simulation;

/// <summary>The kinds of violations of the gateway protocol by a reply.</summary>
public enum ViolationKind
{
    /// <summary>More than ten headers: the gateway refuses the reply.</summary>
    TooManyHeaders,

    /// <summary>A redirect; a gateway doesn't follow it.</summary>
    Redirect,

    /// <summary>A cookie.</summary>
    Cookie,

    /// <summary>A compressed body.</summary>
    Compressed,

    /// <summary>No Content-Length.</summary>
    NoContentLength,

    /// <summary>A 201 that isn't application/json.</summary>
    ContentType,

    /// <summary>
    /// A 201 to measurements whose body isn't <c>{"Y":[…],"N":[…]}</c>, or one to a heartbeat whose body isn't <c>{}</c>.
    /// </summary>
    Body,

    /// <summary>A handle that is missing, occurs twice, or was not sent.</summary>
    Handles,
}

/// <summary>A reply that broke the protocol.</summary>
/// <param name="GatewaySerial">The gateway that got it.</param>
/// <param name="Kind">What was wrong.</param>
/// <param name="Detail">The details, for display.</param>
public sealed record ProtocolViolation(string GatewaySerial, ViolationKind Kind, string Detail);
