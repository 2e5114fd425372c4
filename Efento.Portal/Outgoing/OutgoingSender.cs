using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Outgoing;

/// <summary>Makes one attempt to send a batch through the channel of its feed.</summary>
internal sealed class OutgoingSender(NotificationDirectory directory, ChannelSenders senders, MqttReadings mqtt)
{
    /// <summary>Makes the attempt.</summary>
    public Task<SendResult> SendAsync(OutgoingFeed feed, OutgoingBatch batch, CancellationToken cancellationToken)
    {
        if (!directory.Book.Channels.TryGetValue(feed.Channel, out var channel))
        {
            return Task.FromResult(NotNow($"There is no channel \"{feed.Channel}\"."));
        }

        if (channel.Settings is not { } settings)
        {
            var why = $"The secrets of the channel \"{feed.Channel}\" can't be decrypted any more. Import them again.";
            return Task.FromResult(NotNow(why));
        }

        return settings.Kind switch
        {
            ChannelKind.Webhook => senders.SendAsync(settings, MessageOf(feed, batch), cancellationToken),
            ChannelKind.Mqtt => mqtt.SendAsync(settings, batch.Readings, cancellationToken),
            _ => Task.FromResult(NotNow($"Measurements are sent to webhooks and MQTT. The channel \"{feed.Channel}\" is of another kind.")),
        };
    }

    private static SendResult NotNow(string why) => new(SendOutcome.TryAgain, why, []);

    private static OutgoingMessage MessageOf(OutgoingFeed feed, OutgoingBatch batch)
    {
        var json = OutgoingJson.MessageOf(feed.Key, batch.Readings);
        return new()
        {
            Key = OutgoingJson.KeyOf(feed.Key, batch.FirstMessageId, json),
            Thread = feed.Key,
            Subject = feed.Key,
            Text = "",
            EventType = OutgoingJson.EventType,
            Json = json,
            AtUtc = batch.Readings.Max(r => r.Reading.ReceivedAt).UtcDateTime,
        };
    }
}
