using Efento.Portal.Maintenance;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Whether gateways are answered 201 now, and if not, why.</summary>
internal sealed class IngestHealthCheck(MaintenanceMode maintenance, ServerClock clock, StoreHealth store, IngestQueue queue) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] faults =
        [
            .. ((string?[])[clock.Fault, store.Fault, queue.Fault]).OfType<string>(),
            .. maintenance.Current is { } window ? [$"Maintenance until {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}"] : Array.Empty<string>(),
        ];
        return Task.FromResult(faults.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join(' ', faults), data: new Dictionary<string, object> { [HealthReply.Reasons] = faults }));
    }
}
