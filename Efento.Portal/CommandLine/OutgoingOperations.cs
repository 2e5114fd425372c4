using System.Globalization;
using Efento.Portal.Arrivals;
using Efento.Portal.Measurements;
using Efento.Portal.Outgoing;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the command <c>outgoing</c>.</summary>
internal sealed class OutgoingOperations(OutgoingFeeds feeds, ArrivalLedger ledger, ReceiptTimes receipts)
{
    /// <summary>Lists the feeds.</summary>
    public async Task<ControlReply> ListAsync(CancellationToken cancellationToken)
    {
        List<string[]> rows = [];
        foreach (var feed in feeds.All)
        {
            rows.Add(await RowAsync(feed, cancellationToken));
        }

        return ControlReply.Table(["KEY", "CHANNEL", "PLACE", "SENT UP TO (UTC)", "MESSAGES TO SEND", "STATE"], rows);
    }

    /// <summary>Sets a feed back or forth.</summary>
    public async Task<ControlReply> ResetAsync(ResetOutgoing ask, CancellationToken cancellationToken)
    {
        if (feeds.All.FirstOrDefault(f => f.Key == ask.Key) is not { } feed)
        {
            return ControlReply.Failed($"There is no feed \"{ask.Key}\"; nothing was changed. See \"outgoing list\".");
        }

        if (ask.From is null)
        {
            await feed.ResetAsync(await ledger.LastIdAsync(cancellationToken), cancellationToken);
            return ControlReply.Done($"The feed {feed.Key} goes on with what is stored from now on.");
        }

        if (!DateTimeOffset.TryParse(ask.From, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
        {
            return ControlReply.Failed($"\"{ask.From}\" is no time such as 2026-03-01T15:00Z; nothing was changed.");
        }

        var position = await PositionBeforeAsync(from, cancellationToken);
        await feed.ResetAsync(position, cancellationToken);
        var count = await ledger.CountAsync(position, cancellationToken);
        return ControlReply.Done(string.Create(
            CultureInfo.InvariantCulture,
            $"The feed {feed.Key} sends again what was received from {Shown(from)} UTC on; messages to send: {count}."));
    }

    /// <summary>The ledger has all that follows a position only if it has a line at it or before.</summary>
    private async Task<long> PositionBeforeAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var (first, last) = (await ledger.FirstIdAsync(cancellationToken) ?? 0, await ledger.LastIdAsync(cancellationToken));
        var before = Math.Min(last, receipts.First(from.ToUnixTimeMilliseconds()) - 1);
        return before < first ? 0 : before;
    }

    private async Task<string[]> RowAsync(OutgoingFeed feed, CancellationToken cancellationToken)
    {
        if (await ledger.CursorAsync(feed.Name, cancellationToken) is not { } cursor)
        {
            return [feed.Key, feed.Channel, feed.Place, "", "", "has not begun"];
        }

        var sentUpTo = cursor.LastMessageId == 0 ? "nothing" : Shown(receipts.ReceivedAtUtc(cursor.LastMessageId));
        var count = await ledger.CountAsync(cursor.LastMessageId, cancellationToken);
        return
        [
            feed.Key, feed.Channel, feed.Place, sentUpTo, count.ToString(CultureInfo.InvariantCulture),
            feed.Trouble ?? (count == 0 ? "all sent" : "sending"),
        ];
    }

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
