using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Arrivals;
using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing;

/// <summary>Says how the feeds stand, and sets them back or forth. What is reset is in the audit trail, or is not reset.</summary>
internal sealed class FeedControl(OutgoingFeeds feeds, ArrivalLedger ledger, ReceiptTimes receipts, AuditTrail audit)
{
    /// <summary>What the audit trail says of a reset.</summary>
    private const string Audited = "feed reset";

    /// <summary>All feeds as they stand.</summary>
    public async Task<IReadOnlyList<FeedState>> ReadAsync(CancellationToken cancellationToken = default)
    {
        List<FeedState> all = [];
        foreach (var feed in feeds.All)
        {
            all.Add(await StateOfAsync(feed, cancellationToken));
        }

        return all;
    }

    /// <summary>Resets a feed.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="key">The key of the feed.</param>
    /// <param name="from">From which receipt on it sends again; null to go on with what is stored from now on.</param>
    /// <param name="seenResets">How often it had been reset when it was seen; null if that does not matter.</param>
    /// <param name="cancellationToken">Cancels the call before anything is changed.</param>
    public async Task<FeedReset> ResetAsync(
        Actor actor, string key, DateTimeOffset? from, int? seenResets = null, CancellationToken cancellationToken = default)
    {
        if (feeds.All.FirstOrDefault(f => f.Key == key) is not { } feed)
        {
            return new(FeedResetOutcome.Gone);
        }

        var position = from is { } begin
            ? await PositionBeforeAsync(begin, cancellationToken)
            : await ledger.LastIdAsync(cancellationToken);
        var wanted = from is { } at ? $"what was received from {at:u} on" : "what is stored from now on";
        var note = new AuditNote(Audited, $"feed {key}", InWords(feed), wanted);
        return await feed.ResetAsync(position, seenResets, db => audit.AddAsync(db, actor, note, cancellationToken), cancellationToken)
            ? new(FeedResetOutcome.Done, await ledger.CountAsync(position, cancellationToken))
            : new(FeedResetOutcome.ChangedMeanwhile);
    }

    private string InWords(OutgoingFeed feed) =>
        feed.Now.Position.MessageId is > 0 and var last ? $"sent up to {receipts.ReceivedAtUtc(last):u}" : "nothing sent";

    private async Task<FeedState> StateOfAsync(OutgoingFeed feed, CancellationToken cancellationToken)
    {
        var (state, position) = feed.State;
        var behind = await ledger.BehindAsync(position, cancellationToken);
        return state with
        {
            SentUpToUtc = position > 0 ? receipts.ReceivedAtUtc(position) : null,
            Messages = behind.Messages,
            Readings = behind.Readings,
            OldestUtc = behind.FirstId is { } first ? receipts.ReceivedAtUtc(first) : null,
        };
    }

    /// <summary>The ledger has all that follows a position only if it has a line at it or before.</summary>
    private async Task<long> PositionBeforeAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var (first, last) = (await ledger.FirstIdAsync(cancellationToken) ?? 0, await ledger.LastIdAsync(cancellationToken));
        var before = Math.Min(last, receipts.First(from.ToUnixTimeMilliseconds()) - 1);
        return before < first ? 0 : before;
    }
}

/// <summary>What came of a reset of a feed.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Messages">How many messages with readings follow the new position.</param>
public readonly record struct FeedReset(FeedResetOutcome Outcome, int Messages = 0);

/// <summary>What can come of a reset of a feed.</summary>
public enum FeedResetOutcome : byte
{
    /// <summary>It is reset.</summary>
    Done,

    /// <summary>There is no such feed.</summary>
    Gone,

    /// <summary>Somebody else has reset it since it was seen.</summary>
    ChangedMeanwhile,
}
