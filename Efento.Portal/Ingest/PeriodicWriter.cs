using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Ledger;

namespace Efento.Portal.Ingest;

/// <summary>
/// Writes every few seconds what need not be written with each message: raw bodies, counts, refusals, and when tokens were used.
/// </summary>
internal sealed partial class PeriodicWriter(
    WriteGate gate,
    BodyArchive bodies,
    RefusalCounter refusals,
    TokenUses uses,
    StoreHealth health,
    TimeProvider time,
    LogLimiter limiter,
    ILogger<PeriodicWriter> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the writer has stopped, and before the server waits for stalled senders.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => FlushInTimeAsync(cancellationToken);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushInTimeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes everything that waits.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bodies.FlushAsync(gate, cancellationToken);
            await refusals.FlushAsync(gate, cancellationToken);
            await uses.FlushAsync(gate, cancellationToken);
            await TryStoreAsync(cancellationToken);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            health.ReportFault(fault);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A failure of this bookkeeping must not end the portal.
            if (limiter.IsDue(nameof(PeriodicWriter)))
            {
                LogFault(log, fault);
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

    /// <summary>Tries a write after a fault, because gateways may stay away until the portal reports that it is ready again.</summary>
    private async Task TryStoreAsync(CancellationToken cancellationToken)
    {
        if (health.Fault is not null)
        {
            await gate.TryWritingAsync(cancellationToken);
            health.ReportSuccess();
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
            LogLate(log);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Raw bodies and counts could not be written")]
    private static partial void LogFault(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The raw bodies and counts of the last seconds could not be written in time")]
    private static partial void LogLate(ILogger log);
}
