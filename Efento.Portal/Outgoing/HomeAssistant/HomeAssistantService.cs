using Efento.Portal.Backup.Holding;
using Efento.Portal.Configuration;
using Efento.Portal.Live;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>
/// Runs a link to the broker of each feed, and one to each broker at which Home Assistant was told of a feed that is not there any more.
/// </summary>
internal sealed partial class HomeAssistantService(
    OutgoingFeeds feeds, NotificationDirectory directory, HomeAssistantPoints points, AnnouncedFeeds announced, TrustedRoots roots,
    LiveFeed live, SendHold hold, TimeProvider time, LogLimiter limiter, ILogger<HomeAssistantService> log) : BackgroundService
{
    /// <summary>Changes within this time are told together.</summary>
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private static readonly LiveKey[] Topics = [new(LiveTopic.Inventory), new(LiveTopic.Channel)];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hold.WaitAsync(stoppingToken);
        List<HomeAssistantTarget> present = [.. feeds.All.Select(HomeAssistantTarget.Of)];
        var links = present.Concat(await GoneAsync(present, stoppingToken))
            .Select(target => new HomeAssistantLink(target, directory, points, announced, roots, time, limiter, log)).ToList();
        using var following = live.Subscribe(Topics, Throttle, () =>
        {
            links.ForEach(link => link.Changed.Ring());
            return Task.CompletedTask;
        });
        await Task.WhenAll(links.Select(link => Task.Run(() => link.RunAsync(stoppingToken), CancellationToken.None)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What was announced of feeds that the settings do not have any more, or that send through another channel now.</summary>
    private async Task<IReadOnlyList<HomeAssistantTarget>> GoneAsync(
        IReadOnlyCollection<HomeAssistantTarget> present, CancellationToken stopping)
    {
        try
        {
            return
            [
                .. from its in await announced.ReadAsync(stopping)
                   where present.All(p => (p.Feed, p.Channel) != (its.Feed, its.Channel))
                   select new HomeAssistantTarget(its.Feed, its.Channel, null),
            ];
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // The feeds that are there must not wait for it; it is read again at the next start.
            LogUnread(log, fault);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Home Assistant is not told before the next start of feeds that are not there any more")]
    private static partial void LogUnread(ILogger log, Exception fault);
}
