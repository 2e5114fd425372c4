namespace Efento.Portal.Measurements;

/// <summary>
/// The server's clock had been ahead and was accepted as it was then. Ids never go back, so from one id on they say a later time than that of
/// receipt, always by the same span.
/// </summary>
public sealed class ClockCorrection
{
    /// <summary>The first id it holds for, until the next correction's.</summary>
    public required long FromId { get; init; }

    /// <summary>How far ids are ahead of the time of receipt from then on, in ms.</summary>
    public required long AheadMs { get; init; }

    /// <summary>Whatever came before was received by then, whatever its id says: when the clock was first seen behind it, Unix ms.</summary>
    public required long ByMs { get; init; }

    /// <summary>When it was accepted, by the clock that was.</summary>
    public required DateTimeOffset AcceptedUtc { get; init; }
}
