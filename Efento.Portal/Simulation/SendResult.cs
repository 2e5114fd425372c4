namespace Efento.Portal.Simulation;

/// <summary>The result of an attempt to send.</summary>
internal enum SendOutcome
{
    /// <summary>There was nothing to send.</summary>
    NothingToSend,

    /// <summary>201: the server has it.</summary>
    Received,

    /// <summary>503: the gateway pauses 5 minutes, then sends the same again.</summary>
    Busy,

    /// <summary>Another status, including 200: the gateway sends the same again.</summary>
    OtherStatus,

    /// <summary>A reply that the gateway rejects, whatever its status: it sends the same again.</summary>
    Refused,

    /// <summary>No connection, or no reply in time: the gateway sends the same again.</summary>
    NoAnswer,
}

/// <summary>The result of an attempt to send.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">The status code; 0 without an answer.</param>
/// <param name="Message">What was sent; null if nothing.</param>
internal sealed record SendResult(SendOutcome Outcome, int Status, GatewayMessage? Message)
{
    /// <summary>There was nothing to send.</summary>
    public static SendResult Nothing { get; } = new(SendOutcome.NothingToSend, 0, null);
}
