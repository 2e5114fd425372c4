using Efento.Portal.Configuration;
using Efento.Portal.Live;

namespace Efento.Portal.Outgoing;

/// <summary>Runs one task for each feed, so that a receiver that fails or hangs delays no other one.</summary>
internal sealed class OutgoingService(
    OutgoingFeeds feeds, OutgoingReader reader, FeedPoints points, OutgoingSender sender, OutgoingMeter meter, LiveFeed live,
    TimeProvider time, LogLimiter limiter, ILogger<OutgoingService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(feeds.All.Select(
        feed => Task.Run(
            () => new FeedTask(feed, reader, points, sender, meter, live, time, limiter, log).RunAsync(stoppingToken), stoppingToken)));
}
