using Efento.Portal.Configuration;

namespace Efento.Portal.Arrivals;

/// <summary>
/// Delivers to each consumer as soon as something was stored, and saves the positions of all consumers every few seconds.
/// </summary>
internal sealed partial class ArrivalService(
    ArrivalFeed feed, ArrivalCursors cursors, TimeProvider time, LogLimiter limiter, ILogger<ArrivalService> log) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await SaveAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogLate(log);
        }
    }

    /// <summary>Saves the positions of the consumers.</summary>
    internal async Task SaveAsync(CancellationToken cancellationToken)
    {
        foreach (var slow in feed.Subscriptions.Where(s => s.Busy >= ArrivalHealthCheck.MostBusy))
        {
            Report(slow.Consumer.Name, $"at work on the same batch for {slow.Busy:c}", null);
        }

        try
        {
            await cursors.SaveAsync(feed.Subscriptions.Select(s => s.Consumer), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (limiter.IsDue(nameof(LogUnsaved)))
            {
                LogUnsaved(log, fault);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [
            .. feed.Subscriptions.Select(its => Task.Run(() => FollowAsync(its, stoppingToken), stoppingToken)),
            SaveAllAsync(stoppingToken),
        ]);

    private async Task FollowAsync(ArrivalSubscription its, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A consumer that hangs must not delay the shutdown.
                await its.DeliverAsync(stoppingToken).WaitAsync(stoppingToken);
                await its.Queue.WaitAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Report(its.Consumer.Name, fault.Message, fault);
                await Task.Delay(TryAgainAfter, time, stoppingToken);
            }
        }
    }

    private async Task SaveAllAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SaveEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SaveAsync(stoppingToken);
        }
    }

    private void Report(string consumer, string why, Exception? fault)
    {
        if (limiter.IsDue($"{nameof(ArrivalService)} {consumer}"))
        {
            LogFailed(log, consumer, why, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The consumer \"{Consumer}\" can't process new readings: {Why}. They are stored, and the consumer will read them from the ledger later")]
    private static partial void LogFailed(ILogger log, string consumer, string why, Exception? fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The positions of the ledger's consumers could not be saved in time. They will read part of the ledger again")]
    private static partial void LogLate(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "The positions of the ledger's consumers could not be saved. After a crash they read part of the ledger again")]
    private static partial void LogUnsaved(ILogger log, Exception fault);
}
