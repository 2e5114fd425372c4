namespace Efento.Portal.Measurements.Rollups;

/// <summary>Rolls up every few seconds what is due.</summary>
internal sealed partial class RollupService(RollupKeeper keeper, TimeProvider time, ILogger<RollupService> logger) : BackgroundService
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
                while (await keeper.RollUpAsync(stoppingToken))
                {
                    // A day at a time, until the present is reached.
                }

                _fails = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                if (!_fails)
                {
                    LogFailed(logger, fault);
                }

                _fails = true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hours could not be rolled up; it is tried again in some seconds. Charts of long ranges lack what came last")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
