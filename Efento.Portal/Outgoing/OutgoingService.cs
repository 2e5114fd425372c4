using Efento.Portal.Configuration;

namespace Efento.Portal.Outgoing;

/// <summary>Runs one task for each feed, so that a receiver that fails or hangs delays no other one.</summary>
internal sealed class OutgoingService(
    OutgoingFeeds feeds, OutgoingReader reader, FeedPoints points, OutgoingSender sender, OutgoingMeter meter, TimeProvider time,
    LogLimiter limiter, ILogger<OutgoingService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(feeds.All.Select(
        feed => Task.Run(
            () => new FeedTask(feed, reader, points, sender, meter, time, limiter, log).RunAsync(stoppingToken), stoppingToken)));
}
