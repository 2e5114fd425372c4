using System.Globalization;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;

namespace Efento.Portal.Outgoing;

/// <summary>
/// Publishes readings to a broker of MQTT, which keeps the newest one of each point and channel for those who come later. A batch takes one
/// connection.
/// </summary>
internal sealed class MqttReadings(Attempt attempt, TrustedRoots roots)
{
    /// <summary>Makes one attempt. Nothing is thrown but <see cref="OperationCanceledException"/> of the given token.</summary>
    public Task<SendResult> SendAsync(
        ChannelSettings channel, IReadOnlyList<OutgoingReading> readings, CancellationToken cancellationToken)
    {
        var conversation = new Conversation(Secrets.Of(channel));
        return attempt.RunAsync(conversation, token => SendAsync(channel, readings, conversation, token), cancellationToken);
    }

    private async Task<Verdict> SendAsync(
        ChannelSettings channel, IReadOnlyList<OutgoingReading> readings, Conversation conversation, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(channel.Host))
        {
            return Verdict.TryAgain("The channel names no server.");
        }

        if (MqttTopic.PrefixOf(channel) is not { } prefix)
        {
            return Verdict.TryAgain($"No topic can begin with \"{channel.Template}\".");
        }

        var certificate = new CertificateCheck(roots);
        using var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            var connected = await client.ConnectAsync(MqttSender.OptionsOf(channel, certificate), cancellationToken);
            return connected.ResultCode is MqttClientConnectResultCode.Success
                ? await PublishAsync(client, readings.Select(r => MessageOf(prefix, r)), conversation, cancellationToken)
                : Verdict.TryAgain(MqttSender.WordsOf(connected.ResultCode, connected.ReasonString));
        }
        catch (Exception) when (certificate.Fault is { } fault)
        {
            return Verdict.TryAgain(fault);
        }
    }

    private static async Task<Verdict> PublishAsync(
        IMqttClient client, IEnumerable<MqttApplicationMessage> messages, Conversation conversation, CancellationToken cancellationToken)
    {
        var answer = "";
        foreach (var message in messages)
        {
            var published = await client.PublishAsync(message, cancellationToken);
            answer = MqttSender.WordsOf(published.ReasonCode, published.ReasonString);
            if (!published.IsSuccess)
            {
                return Verdict.TryAgain(answer);
            }
        }

        await MqttSender.LeaveAsync(client, conversation, cancellationToken);
        return Verdict.Accepted(answer);
    }

    /// <summary>What came late is published, but not kept in place of a newer one.</summary>
    private static MqttApplicationMessage MessageOf(string prefix, OutgoingReading reading) => new MqttApplicationMessageBuilder()
        .WithTopic(TopicOf(prefix, reading))
        .WithPayload(OutgoingJson.Of(reading))
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag(reading.IsNewest)
        .Build();

    /// <summary>Where the readings of a channel of a point are published.</summary>
    public static string TopicOf(string prefix, OutgoingPoint point, int channel) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}/point-{point.Id}/{channel}");

    private static string TopicOf(string prefix, OutgoingReading reading) => reading.Point is { } point
        ? TopicOf(prefix, point, reading.Reading.Channel)
        : string.Create(CultureInfo.InvariantCulture, $"{prefix}/logger-{reading.Serial}/{reading.Reading.Channel}");
}
