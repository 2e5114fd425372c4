using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Arrivals;
using Efento.Portal.Measurements;
using Efento.Portal.Outgoing;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the command <c>outgoing</c>.</summary>
internal sealed class OutgoingOperations(OutgoingFeeds feeds, FeedControl control, ArrivalLedger ledger, ReceiptTimes receipts)
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
        DateTimeOffset? from = null;
        if (ask.From is not null)
        {
            if (!DateTimeOffset.TryParse(ask.From, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return ControlReply.Failed($"\"{ask.From}\" is no time such as 2026-03-01T15:00Z; nothing was changed.");
            }

            from = time;
        }

        var reset = await control.ResetAsync(Actor.Command, ask.Key, from, cancellationToken: cancellationToken);
        return reset.Outcome is not FeedResetOutcome.Done
                ? ControlReply.Failed($"There is no feed \"{ask.Key}\"; nothing was changed. See \"outgoing list\".")
            : from is { } begin
                ? ControlReply.Done(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The feed {ask.Key} sends again what was received from {Shown(begin)} UTC on; messages to send: {reset.Messages}."))
            : ControlReply.Done($"The feed {ask.Key} goes on with what is stored from now on.");
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
