namespace Efento.Portal.Measurements;

/// <summary>
/// Identifies a received message: milliseconds since 2020-01-01 UTC times 4,096, plus a number within the millisecond. Ids ascend in the order
/// of commits, also when the clock steps back, and stay below 2^53 (exact in JSON) until 2089. When a message was received is told by
/// <see cref="ReceiptTimes"/> alone, which knows when the server's clock was wrong.
/// </summary>
public static class MessageId
{
    private const long EpochMs = 1_577_836_800_000;
    private const int SequenceBits = 12;

    /// <summary>The lowest id of a millisecond of Unix time.</summary>
    public static long First(long ms) => Math.Max(0, ms - EpochMs) << SequenceBits;

    /// <summary>The millisecond of Unix time an id was made from.</summary>
    public static long Milliseconds(long id) => (id >> SequenceBits) + EpochMs;
}
