using Efento.Portal.Backup.Holding;
using Efento.Portal.Configuration;
using Efento.Portal.Live;

namespace Efento.Portal.Outgoing;

/// <summary>Runs one task for each feed, so that a receiver that fails or hangs delays no other one.</summary>
internal sealed class OutgoingService(
    OutgoingFeeds feeds, OutgoingReader reader, FeedPoints points, OutgoingSender sender, OutgoingMeter meter, LiveFeed live,
    SendHold hold, TimeProvider time, LogLimiter limiter, ILogger<OutgoingService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hold.WaitAsync(stoppingToken);
        await Task.WhenAll(feeds.All.Select(
            feed => Task.Run(
                () => new FeedTask(feed, reader, points, sender, meter, live, time, limiter, log).RunAsync(stoppingToken), stoppingToken)));
    }
}
