namespace Efento.Portal.Measurements;

/// <summary>
/// Identifies a received message and says when it was received: milliseconds since 2020-01-01 UTC times 4,096, plus a number within
/// the millisecond. Ids ascend in the order of commits, also when the clock steps back, and stay below 2^53 (exact in JSON) until 2089.
/// </summary>
public static class MessageId
{
    private const long EpochMs = 1_577_836_800_000;
    private const int SequenceBits = 12;

    /// <summary>The id of a message received at <paramref name="receivedMs"/> (Unix ms), above <paramref name="last"/>.</summary>
    public static long Next(long receivedMs, long last) => Math.Max(last + 1, First(receivedMs));

    /// <summary>The lowest id of a message received at <paramref name="receivedMs"/> (Unix ms).</summary>
    public static long First(long receivedMs) => Math.Max(0, receivedMs - EpochMs) << SequenceBits;

    /// <summary>When the message was received, in Unix ms.</summary>
    public static long ReceivedMs(long id) => (id >> SequenceBits) + EpochMs;

    /// <summary>When the message was received.</summary>
    public static DateTimeOffset ReceivedAtUtc(long id) => DateTimeOffset.FromUnixTimeMilliseconds(ReceivedMs(id));
}
