namespace Efento.Portal.Simulation;

/// <summary>How an attempt to send ended.</summary>
public enum SendOutcome
{
    /// <summary>There was nothing to send.</summary>
    NothingToSend,

    /// <summary>201: the server has it.</summary>
    Received,

    /// <summary>503: the gateway pauses 5 minutes, then sends the same again.</summary>
    Busy,

    /// <summary>Another status, 200 included: the same again.</summary>
    OtherStatus,

    /// <summary>A reply the gateway refuses, whatever its status: the same again.</summary>
    Refused,

    /// <summary>No connection, or no reply in time: the same again.</summary>
    NoAnswer,
}

/// <summary>How an attempt to send ended.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">The status code; 0 without an answer.</param>
/// <param name="Message">What was sent; null if nothing.</param>
public sealed record SendResult(SendOutcome Outcome, int Status, GatewayMessage? Message)
{
    /// <summary>There was nothing to send.</summary>
    public static SendResult Nothing { get; } = new(SendOutcome.NothingToSend, 0, null);
}
