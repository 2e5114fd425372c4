namespace Efento.Portal.Measurements;

/// <summary>
/// Identifies a received message: milliseconds since 2020-01-01 UTC (41 bits), the number of the writer that stored it (2 bits), a number
/// within the millisecond (10 bits). Ids of a writer ascend in the order of its commits, also when the clock steps back, and stay below
/// 2^53 (exact in JSON) until 2089. Ids of versions without writers use all twelve low bits as a number within the millisecond; they are
/// the past of writer 0. Only <see cref="ReceiptTimes"/> knows when a message was received, because it knows when the server's clock was
/// wrong.
/// </summary>
public static class MessageId
{
    /// <summary>How many writers can have their own numbers.</summary>
    public const int Writers = 1 << WriterBits;

    /// <summary>How many messages a writer can number in one millisecond. Further ones use the next millisecond.</summary>
    public const int MessagesInMillisecond = 1 << SequenceBits;

    private const long EpochMs = 1_577_836_800_000;
    private const int SequenceBits = 10;
    private const int WriterBits = 2;
    private const int LowBits = WriterBits + SequenceBits;

    /// <summary>The lowest id of a millisecond of Unix time, of any writer.</summary>
    public static long First(long ms) => Math.Max(0, ms - EpochMs) << LowBits;

    /// <summary>The millisecond of Unix time an id was made from.</summary>
    public static long Milliseconds(long id) => (id >> LowBits) + EpochMs;

    /// <summary>The id of a writer's message.</summary>
    /// <param name="ms">When it is numbered, in Unix ms.</param>
    /// <param name="last">The writer's last id; 0 before the first.</param>
    /// <param name="writer">The writer, from 0 to <see cref="Writers"/> - 1.</param>
    public static long Next(long ms, long last, int writer = 0) =>
        Math.Max(First(ms) + Of(writer), After(last, writer));

    /// <summary>The lowest id of a writer above its last one: in the same millisecond if one is left, otherwise in the next.</summary>
    private static long After(long last, int writer)
    {
        var first = (last >> LowBits << LowBits) + Of(writer);
        return last < first ? first
            : last - first < MessagesInMillisecond - 1 ? last + 1
            : first + (1 << LowBits);
    }

    private static long Of(int writer) => (long)writer << SequenceBits;
}
