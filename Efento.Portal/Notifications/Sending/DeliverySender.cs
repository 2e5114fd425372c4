using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Answering;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Health;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Sending;

/// <summary>Makes one attempt to send a message of one or several deliveries, and notes what became of it.</summary>
internal sealed partial class DeliverySender(
    IDbContextFactory<PortalDbContext> database, NotificationDirectory directory, Audience audience, AlarmQuery alarms,
    PeopleDirectory people, MessageWriter writer, AnswerLinks links, ChannelSenders senders, DeliveryQueue queue,
    IEnumerable<IOtherMessages> others, NotificationMeter meter, TimeProvider time, LogLimiter limiter, ILogger<DeliverySender> log)
{
    /// <summary>Makes the attempt.</summary>
    /// <param name="deliveries">What the message says, all to one recipient through one channel. The attempt is noted.</param>
    /// <param name="cut">Cuts the attempt: its fate is unknown then, and it is made again after the next start.</param>
    public async Task SendAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cut)
    {
        await using var db = await database.CreateDbContextAsync(CancellationToken.None);
        var (book, accounts) = (directory.Book, await Audience.AccountsAsync(db, CancellationToken.None));
        if (!deliveries[0].IsOfAlarm)
        {
            await SendOtherAsync(book, accounts, deliveries[0], cut);
            return;
        }

        var lines = await alarms.LinesOfAsync(SiteScope.Everything, [.. deliveries.Select(d => d.AlarmId)], CancellationToken.None);
        List<MessagePart> parts = [];
        foreach (var delivery in deliveries)
        {
            var line = lines.GetValueOrDefault(delivery.AlarmId);
            if (await ReasonNotToAsync(db, book, accounts, delivery, line) is { } reason)
            {
                await queue.EndAsync(delivery, reason, CancellationToken.None);
            }
            else
            {
                parts.Add(new MessagePart(delivery, line!, await AnswerOfAsync(db, book, accounts, delivery, line!)));
            }
        }

        if (parts.Count > 0 && await TryAsync(
            book.Channels[deliveries[0].Channel], writer.Write(parts, ReaderOf(book, accounts, deliveries[0])), cut) is { } result)
        {
            await queue.MarkAsync([.. parts.Select(p => p.Delivery)], result, CancellationToken.None);
        }
    }

    /// <summary>Sends what tells of no alarm.</summary>
    private async Task SendOtherAsync(
        NotificationBook book, IReadOnlyDictionary<string, User> accounts, Delivery delivery, CancellationToken cut)
    {
        var (message, end) = ReasonNotTo(book, accounts, delivery) is { } reason
            ? new OtherMessage(null, reason)
            : await others.Single(o => o.Event == delivery.Event).WriteAsync(
                delivery, ReaderOf(book, accounts, delivery), audience.ScopeOf(accounts, new Target(delivery.Channel, delivery.Address)),
                CancellationToken.None);
        if (message is null)
        {
            await queue.EndAsync(delivery, end ?? DeliveryEnd.Removed, CancellationToken.None);
        }
        else if (await TryAsync(book.Channels[delivery.Channel], message, cut) is { } result)
        {
            await queue.MarkAsync([delivery], result, CancellationToken.None);
        }
    }

    private static DeliveryEnd? ReasonNotTo(NotificationBook book, IReadOnlyDictionary<string, User> accounts, Delivery delivery) =>
        !book.Channels.ContainsKey(delivery.Channel) || (delivery.Address is { } address && !book.People.ContainsKey(address))
            ? DeliveryEnd.Removed
        : accounts.GetValueOrDefault(delivery.Address ?? "")?.DisabledUtc is not null ? DeliveryEnd.NotAllowed
        : null;

    private async Task<DeliveryEnd?> ReasonNotToAsync(
        PortalDbContext db, NotificationBook book, IReadOnlyDictionary<string, User> accounts, Delivery delivery, AlarmLine? line) =>
        line is null || !book.Channels.ContainsKey(delivery.Channel) || IsRemoved(book, delivery) ? DeliveryEnd.Removed
        : await audience.MayHearAsync(db, accounts, delivery.Address, line.Alarm, CancellationToken.None) ? null
        : DeliveryEnd.NotAllowed;

    /// <summary>Whether a person was removed who would hear of an alarm. The end of one that was told is told all the same.</summary>
    private static bool IsRemoved(NotificationBook book, Delivery delivery) =>
        delivery.IsAnnouncement && delivery.Address is { } address && !book.People.ContainsKey(address);

    /// <summary>The link with which the recipient acknowledges; null if there is nothing to acknowledge, or they may not.</summary>
    private async Task<Uri?> AnswerOfAsync(
        PortalDbContext db, NotificationBook book, IReadOnlyDictionary<string, User> accounts, Delivery delivery, AlarmLine line)
    {
        var target = new Target(delivery.Channel, delivery.Address);
        return line.Alarm.IsOpen && await audience.MayAnswerAsync(db, book, accounts, target, line.Alarm, CancellationToken.None)
            ? links.To(line.Alarm.Id, target)
            : null;
    }

    /// <summary>What became of the attempt; null if it was cut.</summary>
    private async Task<SendResult?> TryAsync(OpenedChannel channel, OutgoingMessage message, CancellationToken cut)
    {
        if (channel.Settings is not { } settings)
        {
            return new(SendOutcome.TryAgain, "The secrets of this channel can't be decrypted any more. Import them again.", []);
        }

        try
        {
            var began = time.GetTimestamp();
            var result = await senders.SendAsync(settings, message, cut);
            meter.Attempted(settings.Kind, result.Outcome, time.GetElapsedTime(began));
            return result;
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
