using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest.Clock;

/// <summary>Checks whether the server's clock is trusted for deleting old data. Gateways are answered as usual.</summary>
internal sealed class ClockHealthCheck(ClockGuard guard) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(guard.Why is { } why ? HealthCheckResult.Degraded(IngestWords.Of(why)) : HealthCheckResult.Healthy());
}
