using Efento.Portal.Configuration;

namespace Efento.Portal.Alarms.Judging;

/// <summary>Lets the evaluator judge the past again, portion by portion, while gateways are answered and what arrives is judged.</summary>
internal sealed partial class StartOverService(
    AlarmEvaluator evaluator, StartOver startOver, TimeProvider time, LogLimiter limiter, ILogger<StartOverService> log) : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await startOver.WaitAsync(stoppingToken);
            await JudgeAsync(stoppingToken);
        }
    }

    private async Task JudgeAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await evaluator.StartOverAsync(stoppingToken))
            {
            }
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            if (limiter.IsDue(nameof(StartOverService)))
            {
                LogFailed(log, fault);
            }

            await Task.Delay(TryAgainAfter, time, stoppingToken);
            startOver.Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The readings of the past could not be judged again for alarms; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception fault);
}
