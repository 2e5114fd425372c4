using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Ingest;

/// <summary>
/// Sees every damaged page that anybody comes upon: pages, the read API, background work, whatever they do with the fault. No place that reads
/// could forget to tell.
/// </summary>
internal sealed class DamageWatch(StoreHealth health) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.FirstChanceException += Look;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.FirstChanceException -= Look;
        return Task.CompletedTask;
    }

    private void Look(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is SqliteException { SqliteErrorCode: SQLITE_CORRUPT or SQLITE_NOTADB } damage)
        {
            health.SeesDamage(damage);
        }
    }
}
