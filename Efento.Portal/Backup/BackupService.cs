using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Maintenance;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Looks now and then whether a backup is due. One that the portal missed while it was off is made when it runs again.</summary>
internal sealed partial class BackupService(
    BackupRunner runner, BackupRequests requests, BackupHistory history, SiteClock clock, IOptionsMonitor<BackupOptions> options,
    TimeProvider time, LogLimiter limiter, ILogger<BackupService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FollowTimesAsync(stoppingToken), FollowRequestsAsync(stoppingToken));

    private async Task FollowRequestsAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in requests.Waiting.ReadAllAsync(stoppingToken))
        {
            try
            {
                await runner.RunAsync(request.Actor, request.RecordId, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, fault);
            }
        }
    }

    private async Task FollowTimesAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (limiter.IsDue(nameof(BackupService)))
                {
                    LogFailed(log, fault);
                }
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (options.CurrentValue is not { Directory: not null } its)
        {
            return;
        }

        var (last, good) = await history.LastAsync(cancellationToken);
        var (now, zone) = (time.GetUtcNow(), await clock.ReadZoneAsync(cancellationToken));
        if (BackupSchedule.IsDue(BackupSchedule.LastBefore(now, its.TimeOfDay, zone), good?.BegunUtc, last?.BegunUtc, now))
        {
            await runner.RunAsync(Actor.Portal, 0, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A backup could not be made or noted; the portal tries again")]
    private static partial void LogFailed(ILogger log, Exception fault);
}
