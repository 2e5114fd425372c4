using System.Collections.Concurrent;
using Efento.Portal.Configuration;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Mqtt;
using Efento.Portal.Notifications.Sending;
using MQTTnet;
using MQTTnet.Protocol;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>
/// A connection to the broker of a feed that stays open, so that the broker itself says when the portal is gone. Over it, Home Assistant is
/// told of the feed's points, and of changes. What it was told before is read from the broker, which keeps it.
/// </summary>
internal sealed partial class HomeAssistantLink(
    HomeAssistantTarget target, NotificationDirectory directory, HomeAssistantPoints points, AnnouncedFeeds announced, TrustedRoots roots,
    TimeProvider time, LogLimiter limiter, ILogger log)
{
    private const string Here = "online";
    private const string Gone = "offline";

    /// <summary>How often it looks for changes without being told of any.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>After so much silence, a broker has sent all that it keeps.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <summary>Rings when something has changed.</summary>
    public FeedBell Changed { get; } = new(time);

    /// <summary>Stays connected until it is stopped. Without Home Assistant, it takes back what was told before, and ends.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        for (var attempts = 0; !stopping.IsCancellationRequested;)
        {
            try
            {
                if (ChannelOf() is not { } channel || MqttTopic.PrefixOf(channel) is not { } prefix)
                {
                    await Changed.WaitAsync(Every, stopping);
                    continue;
                }

                if (await StayAsync(channel, prefix, () => attempts = 0, stopping))
                {
                    return;
                }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                // Whatever changes meanwhile, a broker that ends each connection is not asked all the time.
                var wait = BackOff.After(++attempts, Random.Shared.NextDouble());
                wait = wait < LongestPause ? wait : LongestPause;
                Report(fault, wait);
                await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private ChannelSettings? ChannelOf() =>
        directory.Book.Channels.GetValueOrDefault(target.Channel)?.Settings is { Kind: ChannelKind.Mqtt, Host: not null } its ? its : null;

    /// <summary>Whether both lead to the same: a change of another channel must not end the connection.</summary>
    private static bool AreSame(ChannelSettings one, ChannelSettings other) =>
        (one.Host, one.Port, one.Security, one.User, one.Password, one.Template)
        == (other.Host, other.Port, other.Security, other.User, other.Password, other.Template);

    /// <returns>Whether there is nothing more to do; else the channel leads elsewhere now.</returns>
    private async Task<bool> StayAsync(ChannelSettings channel, string prefix, Action connected, CancellationToken stopping)
    {
        var topics = new HomeAssistantTopics(prefix, target.Feed);
        var certificate = new CertificateCheck(roots);
        using var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            var kept = await ConnectAsync(client, channel, certificate, topics, stopping);
            connected();
            if (target.Told is null)
            {
                await TakeBackAsync(client, topics, kept, stopping);
                await announced.RemoveAsync(target.Feed, target.Channel, stopping);
                return true;
            }

            await announced.AddAsync(target.Feed, target.Channel, stopping);
            await GreetAsync(client, topics, stopping);
            do
            {
                await TellAsync(client, topics, kept, stopping);
                await Changed.WaitAsync(Every, stopping);
            }
            while (client.IsConnected && ChannelOf() is { } now && AreSame(now, channel));

            if (!client.IsConnected)
            {
                throw new IOException("The broker ended the connection.");
            }

            return false;
        }
        catch (Exception) when (certificate.Fault is { } fault)
        {
            throw new IOException(fault);
        }
        finally
        {
            await LeaveAsync(client, topics);
        }
    }

    /// <summary>Connects, and asks what Home Assistant was told before.</summary>
    /// <returns>What the broker keeps, by topic; it arrives while one waits.</returns>
    private async Task<ConcurrentDictionary<string, string>> ConnectAsync(
        IMqttClient client, ChannelSettings channel, CertificateCheck certificate, HomeAssistantTopics topics, CancellationToken stopping)
    {
        var kept = new ConcurrentDictionary<string, string>();
        client.DisconnectedAsync += _ =>
        {
            Changed.Ring();
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += its =>
        {
            kept[its.ApplicationMessage.Topic] = its.ApplicationMessage.ConvertPayloadToString() ?? "";
            Changed.Ring();
            return Task.CompletedTask;
        };
        var answer = await client.ConnectAsync(OptionsOf(channel, certificate, topics), stopping);
        if (answer.ResultCode is not MqttClientConnectResultCode.Success)
        {
            throw new IOException(MqttSender.WordsOf(answer.ResultCode, answer.ReasonString));
        }

        await client.SubscribeAsync(topics.Everything, MqttQualityOfServiceLevel.AtLeastOnce, stopping);
        return kept;
    }

    /// <summary>Says that the portal is there.</summary>
    private static Task GreetAsync(IMqttClient client, HomeAssistantTopics topics, CancellationToken stopping) =>
        PublishAsync(client, topics.Status, Here, stopping);

    /// <summary>Takes back all that Home Assistant was told.</summary>
    private async Task TakeBackAsync(
        IMqttClient client, HomeAssistantTopics topics, ConcurrentDictionary<string, string> kept, CancellationToken stopping)
    {
        int before;
        do
        {
            before = kept.Count;
            await Changed.WaitAsync(Quiet, stopping);
        }
        while (kept.Count > before);

        if (kept.Values.Any(payload => payload.Length > 0))
        {
            await TellAsync(client, topics, kept, stopping);
            await PublishAsync(client, topics.Status, "", stopping);
        }
    }

    /// <summary>Tells what is new or different, and takes back what is not there any more.</summary>
    private async Task TellAsync(
        IMqttClient client, HomeAssistantTopics topics, ConcurrentDictionary<string, string> kept, CancellationToken stopping)
    {
        var series = target.Told is { } feed ? await points.ReadAsync(feed, stopping) : [];
        var wanted = series.Select(its => HomeAssistantConfig.Of(topics, its)).DistinctBy(c => c.Topic)
            .ToDictionary(c => c.Topic, c => c.Payload);
        foreach (var topic in kept.Keys.Where(topic => kept[topic].Length > 0 && !wanted.ContainsKey(topic)).ToList())
        {
            await PublishAsync(client, topic, "", stopping);
            kept[topic] = "";
        }

        foreach (var (topic, payload) in wanted.Where(w => kept.GetValueOrDefault(w.Key) != w.Value))
        {
            await PublishAsync(client, topic, payload, stopping);
            kept[topic] = payload;
        }
    }

    private static MqttClientOptions OptionsOf(ChannelSettings channel, CertificateCheck certificate, HomeAssistantTopics topics)
    {
        var options = MqttSender.OptionsOf(channel, certificate);
        options.WillTopic = topics.Status;
        options.WillPayload = System.Text.Encoding.UTF8.GetBytes(Gone);
        options.WillQualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce;
        options.WillRetain = true;
        return options;
    }

    private static async Task PublishAsync(IMqttClient client, string topic, string payload, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag()
            .Build();
        var answer = await client.PublishAsync(message, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw new IOException(MqttSender.WordsOf(answer.ReasonCode, answer.ReasonString));
        }
    }

    /// <summary>Says that the portal goes, if it was there. If that fails, the broker says it.</summary>
    private async Task LeaveAsync(IMqttClient client, HomeAssistantTopics topics)
    {
        if (!client.IsConnected)
        {
            return;
        }

        using var limit = new CancellationTokenSource(FarewellLimit, time);
        try
        {
            if (target.Told is not null)
            {
                await PublishAsync(client, topics.Status, Gone, limit.Token);
            }

            await client.DisconnectAsync(cancellationToken: limit.Token);
        }
        catch (Exception fault)
        {
            LogLeft(log, target.Feed, fault);
        }
    }

    private void Report(Exception fault, TimeSpan wait)
    {
        if (limiter.IsDue($"{nameof(HomeAssistantLink)} {target.Feed}"))
        {
            LogFailed(log, target.Feed, (int)wait.TotalSeconds, FaultWords.Of(fault));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Home Assistant was not told of the feed \"{Feed}\"; it is tried again in {Seconds} s: {Why}")]
    private static partial void LogFailed(ILogger log, string feed, int seconds, string why);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The broker of the feed \"{Feed}\" was left without a farewell")]
    private static partial void LogLeft(ILogger log, string feed, Exception fault);
}
