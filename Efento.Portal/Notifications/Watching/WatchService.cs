using Efento.Portal.Backup.Holding;
using Efento.Portal.Configuration;
using Efento.Portal.Notifications.Drills;

namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// Looks every few seconds whether the mail of the day or a call of the dead-man address is due, or a drill is over. None waits for
/// another.
/// </summary>
internal sealed partial class WatchService(
    DailyMail mail, DeadManCaller caller, DrillService drills, SendHold hold, TimeProvider time, LogLimiter limiter,
    ILogger<WatchService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hold.WaitAsync(stoppingToken);
        await Task.WhenAll(
            RunAsync(mail.LookAsync, nameof(DailyMail), stoppingToken),
            RunAsync(caller.LookAsync, nameof(DeadManCaller), stoppingToken),
            RunAsync(drills.LookAsync, nameof(DrillService), stoppingToken));
    }

    private async Task RunAsync(Func<CancellationToken, Task> lookAsync, string what, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await lookAsync(stopping);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                if (limiter.IsDue($"{nameof(WatchService)} {what}"))
                {
                    LogFailed(log, what, fault);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the portal does at times ({What}) failed; it tries again in a few seconds")]
    private static partial void LogFailed(ILogger log, string what, Exception fault);
}
