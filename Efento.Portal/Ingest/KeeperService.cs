using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Ingest;

/// <summary>Writes every few seconds what need not be written with each message: raw bodies, counts, refusals.</summary>
internal sealed class KeeperService(WriteGate gate, BodyArchive bodies, RefusalCounter refusals, StoreHealth health, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

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
}
