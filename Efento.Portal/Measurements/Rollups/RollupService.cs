namespace Efento.Portal.Measurements.Rollups;

/// <summary>Runs the rollup job every few seconds.</summary>
internal sealed partial class RollupService(RollupJob job, TimeProvider time, ILogger<RollupService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private bool _fails;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await job.RollUpAsync(stoppingToken))
                {
                    // One day at a time, until everything is done.
                }

                _fails = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                if (!_fails)
                {
                    LogFailed(log, fault);
                }

                _fails = true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The latest hours could not be rolled up. The portal retries in a few seconds; until then, charts of long ranges lack the latest readings")]
    private static partial void LogFailed(ILogger log, Exception fault);
}
