using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Backup.Holding;

/// <summary>Says while a restored or copied portal sends nothing: nobody would miss the messages. Gateways are answered as ever.</summary>
internal sealed class HoldHealthCheck(SendHold hold) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            hold.Held is { HeldUtc: { } since }
                ? HealthCheckResult.Degraded(
                    $"Nothing is sent since {since:u}, because the database was restored or copied. Say send or drop under Admin, Backups.")
                : HealthCheckResult.Healthy());
}
