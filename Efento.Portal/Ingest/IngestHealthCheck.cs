using Efento.Portal.Maintenance;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Whether gateways are answered 201 now, and if not, why.</summary>
internal sealed class IngestHealthCheck(MaintenanceMode maintenance, IngestFaults faults) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] reasons =
        [
            .. faults.Now,
            .. maintenance.Current is { } window ? [$"Maintenance until {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}"] : Array.Empty<string>(),
        ];
        return Task.FromResult(reasons.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join(' ', reasons), data: new Dictionary<string, object> { [HealthReply.Reasons] = reasons }));
    }
}
