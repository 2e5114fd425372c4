using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Checks whether the database has lost data and nobody has confirmed it yet. Gateways are answered as usual.</summary>
internal sealed class LossHealthCheck(StoreLosses losses) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            losses.Unseen is { Count: > 0 } unseen
                ? HealthCheckResult.Degraded(string.Join(' ', unseen.Select(loss => IngestWords.Of(loss, losses.SinceUtc(loss)))))
                : HealthCheckResult.Healthy());
}
