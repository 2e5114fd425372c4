using Efento.Portal.Backup.Holding;
using Efento.Portal.Configuration;
using Efento.Portal.Live;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>Runs a link to the broker of each feed.</summary>
internal sealed class HomeAssistantService(
    OutgoingFeeds feeds, NotificationDirectory directory, HomeAssistantPoints points, TrustedRoots roots, LiveFeed live, SendHold hold,
    TimeProvider time, LogLimiter limiter, ILogger<HomeAssistantService> log) : BackgroundService
{
    /// <summary>Changes within this time are told together.</summary>
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private static readonly LiveKey[] Topics = [new(LiveTopic.Inventory), new(LiveTopic.Channel)];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hold.WaitAsync(stoppingToken);
        var links = feeds.All.Select(feed => new HomeAssistantLink(feed, directory, points, roots, time, limiter, log)).ToList();
        using var following = live.Subscribe(Topics, Throttle, () =>
        {
            links.ForEach(link => link.Changed.Ring());
            return Task.CompletedTask;
        });
        await Task.WhenAll(links.Select(link => Task.Run(() => link.RunAsync(stoppingToken), CancellationToken.None)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
