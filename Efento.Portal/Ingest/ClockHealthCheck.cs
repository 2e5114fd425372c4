using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Whether the server's clock is trusted to say what is old; gateways are answered all the same.</summary>
internal sealed class ClockHealthCheck(ClockGuard guard) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(guard.Why is { } why ? HealthCheckResult.Degraded(why) : HealthCheckResult.Healthy());
}
