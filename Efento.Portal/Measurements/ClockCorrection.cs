namespace Efento.Portal.Measurements;

/// <summary>
/// A correction after the server's clock had been ahead and was set right. Ids never go back, so from one id on they stand for a later time
/// than the time of receipt, always by the same span.
/// </summary>
public sealed class ClockCorrection
{
    /// <summary>The first id to which it applies; it applies up to the first id of the next correction.</summary>
    public required long FromId { get; init; }

    /// <summary>How far ids are ahead of the time of receipt from then on, in ms.</summary>
    public required long AheadMs { get; init; }

    /// <summary>
    /// The latest time of receipt of all earlier messages, whatever their ids say: when the clock was first found to be behind, Unix ms.
    /// </summary>
    public required long ByMs { get; init; }

    /// <summary>When the clock was accepted, by that clock.</summary>
    public required DateTimeOffset AcceptedUtc { get; init; }
}
