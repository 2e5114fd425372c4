using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Ingest;

/// <summary>Writes every few seconds what need not be written with each message: raw bodies, counts, refusals.</summary>
internal sealed partial class KeeperService(
    WriteGate gate,
    BodyArchive bodies,
    RefusalCounter refusals,
    StoreHealth health,
    TimeProvider time,
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
        }
        catch (Exception exception) when (exception.GetBaseException() is SqliteException fault)
        {
            health.Fails(fault);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "There was no time to write the raw bodies and counts of the last seconds")]
    private static partial void LogLate(ILogger logger);
}
