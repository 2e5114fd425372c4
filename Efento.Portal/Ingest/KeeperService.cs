using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>Writes every few seconds what need not be written with each message: raw bodies, counts, refusals.</summary>
internal sealed partial class KeeperService(
    WriteGate gate,
    BodyArchive bodies,
    RefusalCounter refusals,
    StoreHealth health,
    TimeProvider time,
    LogLimiter limiter,
    ILogger<KeeperService> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Comes after the writer's, and before the server waits for stalled senders for as long as there is time.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => FlushInTimeAsync(cancellationToken);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushInTimeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes what waits.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bodies.FlushAsync(gate, cancellationToken);
            await refusals.FlushAsync(gate, cancellationToken);
            await TryStoreAsync(cancellationToken);
        }
        catch (Exception exception) when (exception.GetBaseException() is SqliteException fault)
        {
            health.Fails(fault);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Book-keeping must not end the portal.
            if (limiter.IsDue(nameof(KeeperService)))
            {
                LogFault(logger, fault);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FlushAsync(stoppingToken);
        }
    }

    /// <summary>After a fault a write is tried, for nobody may send before the portal says that it is ready again.</summary>
    private async Task TryStoreAsync(CancellationToken cancellationToken)
    {
        if (health.Fault is not null)
        {
            await gate.WriteAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TABLE trial (x); DROP TABLE trial;", cancellationToken), cancellationToken);
            health.Works();
        }
    }

    private async Task FlushInTimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogLate(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Raw bodies and counts could not be written")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There was no time to write the raw bodies and counts of the last seconds")]
    private static partial void LogLate(ILogger logger);
}
