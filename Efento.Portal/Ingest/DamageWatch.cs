using System.Runtime.ExceptionServices;
using Efento.Portal.Data;

namespace Efento.Portal.Ingest;

/// <summary>
/// Reports every damaged database page that any code encounters, however that code handles the exception. No caller can forget to report
/// it.
/// </summary>
internal sealed class DamageWatch(StoreHealth health) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.FirstChanceException += OnException;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        return Task.CompletedTask;
    }

    private void OnException(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (StoreFault.Of(thrown.Exception) is { Kind: StoreFaultKind.Damaged } damage)
        {
            health.ReportDamage(damage);
        }
    }
}
