using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;

namespace Efento.Portal.Notifications.Channels.Mqtt;

/// <summary>Publishes messages as JSON to a broker of MQTT, which keeps the last one of each thread for those who come later.</summary>
internal sealed class MqttSender(Attempt attempt, TrustedRoots roots) : IChannelSender
{
    private const int UsualPort = 1883;
    private const int UsualTlsPort = 8883;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Mqtt;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var conversation = new Conversation(Secrets.Of(channel));
        return attempt.RunAsync(conversation, token => SendAsync(channel, message, conversation, token), cancellationToken);
    }

    private async Task<Verdict> SendAsync(
        ChannelSettings channel, OutgoingMessage message, Conversation conversation, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(channel.Host))
        {
            return Verdict.TryAgain("The channel names no server.");
        }

        if (MqttTopic.Of(channel, message) is not { } topic)
        {
            return Verdict.TryAgain($"No topic can begin with \"{channel.Template}\".");
        }

        var certificate = new CertificateCheck(roots);
        using var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            return await SendAsync(client, OptionsOf(channel, certificate), MessageOf(topic, message), conversation, cancellationToken);
        }
        catch (Exception) when (certificate.Fault is { } fault)
        {
            return Verdict.TryAgain(fault);
        }
    }

    private static async Task<Verdict> SendAsync(
        IMqttClient client,
        MqttClientOptions options,
        MqttApplicationMessage message,
        Conversation conversation,
        CancellationToken cancellationToken)
    {
        conversation.Sent("CONNECT");
        var connected = await client.ConnectAsync(options, cancellationToken);
        var welcome = WordsOf(connected.ResultCode, connected.ReasonString);
        conversation.Received($"CONNACK {welcome}");
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
        {
            return Verdict.TryAgain(welcome);
        }

        var length = message.Payload.Length;
        conversation.Sent(string.Create(CultureInfo.InvariantCulture, $"PUBLISH {message.Topic} ({length} bytes{(message.Retain ? ", retained" : "")})"));
        var published = await client.PublishAsync(message, cancellationToken);
        var answer = WordsOf(published.ReasonCode, published.ReasonString);
        conversation.Received($"PUBACK {answer}");
        if (!published.IsSuccess)
        {
            return Verdict.TryAgain(answer);
        }

        await LeaveAsync(client, conversation, cancellationToken);
        return Verdict.Accepted(answer);
    }

    /// <summary>The broker has the message, whatever happens now. A fault must not have it sent again.</summary>
    internal static async Task LeaveAsync(IMqttClient client, Conversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(cancellationToken: cancellationToken);
            conversation.Sent("DISCONNECT");
        }
        catch (Exception fault)
        {
            conversation.Noted(FaultWords.Of(fault));
        }
    }

    /// <summary>At least once: a copy replaces its like.</summary>
    private static MqttApplicationMessage MessageOf(string topic, OutgoingMessage message) => new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(message.Json)
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag(!message.IsTest)
        .Build();

    internal static MqttClientOptions OptionsOf(ChannelSettings channel, CertificateCheck certificate)
    {
        var isTls = channel.Security != ChannelSecurity.None;
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(channel.Host!, channel.Port ?? (isTls ? UsualTlsPort : UsualPort))
            .WithTimeout(Attempt.Limit);
        if (channel.User is { } user)
        {
            options.WithCredentials(user, channel.Password ?? "");
        }

        if (isTls)
        {
            options.WithTlsOptions(tls => tls
                .UseTls()
                .WithTargetHost(channel.Host!)
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithCertificateValidationHandler(shown => certificate.IsTrusted(shown.Certificate, shown.Chain, shown.SslPolicyErrors)));
        }

        return options.Build();
    }

    internal static string WordsOf<TCode>(TCode code, string? reason)
        where TCode : struct, Enum => string.IsNullOrWhiteSpace(reason) ? $"{code}" : $"{code}: {reason}";
}
