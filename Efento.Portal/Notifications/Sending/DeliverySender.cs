using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>Makes one attempt to send a delivery, and notes what became of it.</summary>
internal sealed partial class DeliverySender(
    IDbContextFactory<PortalDbContext> database, NotificationDirectory directory, Audience audience, AlarmQuery alarms,
    PeopleDirectory people, MessageWriter writer, ChannelSenders senders, DeliveryQueue queue, LogLimiter limiter,
    ILogger<DeliverySender> log)
{
    /// <summary>Makes the attempt.</summary>
    /// <param name="delivery">The delivery, whose attempt is noted.</param>
    /// <param name="cut">Cuts the attempt: its fate is unknown then, and it is made again after the next start.</param>
    public async Task SendAsync(Delivery delivery, CancellationToken cut)
    {
        var book = directory.Book;
        var details = await alarms.FindAsync(SiteScope.Everything, delivery.AlarmId, CancellationToken.None);
        if (details is null || !book.Channels.TryGetValue(delivery.Channel, out var channel) || IsRemoved(book, delivery))
        {
            await queue.EndAsync(delivery, DeliveryEnd.Removed, CancellationToken.None);
            return;
        }

        await using var db = await database.CreateDbContextAsync(CancellationToken.None);
        var accounts = await Audience.AccountsAsync(db, CancellationToken.None);
        if (!await audience.MayHearAsync(db, accounts, delivery.Address, details.Line.Alarm, CancellationToken.None))
        {
            await queue.EndAsync(delivery, DeliveryEnd.NotAllowed, CancellationToken.None);
            return;
        }

        var message = writer.Write(delivery, details.Line, ReaderOf(book, accounts, delivery));
        if (await TryAsync(channel, message, cut) is { } result)
        {
            await queue.MarkAsync(delivery, result, CancellationToken.None);
        }
    }

    /// <summary>Whether a person was removed who would hear of an alarm. The end of one that was told is told all the same.</summary>
    private static bool IsRemoved(NotificationBook book, Delivery delivery) =>
        delivery.IsAnnouncement && delivery.Address is { } address && !book.People.ContainsKey(address);

    /// <summary>What became of the attempt; null if it was cut.</summary>
    private async Task<SendResult?> TryAsync(OpenedChannel channel, OutgoingMessage message, CancellationToken cut)
    {
        if (channel.Settings is not { } settings)
        {
            return new(SendOutcome.TryAgain, "The secrets of this channel can't be decrypted any more. Import them again.", []);
        }

        try
        {
            return await senders.SendAsync(settings, message, cut);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            if (limiter.IsDue(nameof(DeliverySender)))
            {
                LogFailed(log, settings.Key, fault);
            }

            return new(SendOutcome.TryAgain, fault.Message, []);
        }
    }

    private Reader ReaderOf(NotificationBook book, IReadOnlyDictionary<string, User> accounts, Delivery delivery)
    {
        var address = delivery.Address ?? "";
        return Reader.Of(
            book.People.GetValueOrDefault(address), people.PreferencesOf(accounts.GetValueOrDefault(address)?.Id), people.Site);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message through the channel {Channel} could not be sent; it is tried again")]
    private static partial void LogFailed(ILogger log, string channel, Exception fault);
}
