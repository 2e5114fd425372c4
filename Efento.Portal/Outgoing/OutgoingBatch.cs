namespace Efento.Portal.Outgoing;

/// <summary>The next readings of a feed.</summary>
/// <param name="From">After which position they follow.</param>
/// <param name="Readings">The readings, in the order in which they were received; empty if the feed sends none of those stored.</param>
/// <param name="Next">The position after them.</param>
/// <param name="MayHaveMore">Whether the batch ended because it was full, so that more may follow.</param>
internal sealed record OutgoingBatch(
    FeedPosition From, IReadOnlyList<OutgoingReading> Readings, FeedPosition Next, bool MayHaveMore)
{
    /// <summary>The message in the ledger with which the first reading was stored; 0 without readings.</summary>
    public long FirstMessageId { get; init; }
}
