using Efento.Portal.Maintenance;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Whether gateways are answered 201 now and the database is whole as far as it was seen, and if not, why.</summary>
internal sealed class IngestHealthCheck(MaintenanceMode maintenance, IngestFaults faults, StoreHealth store) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] reasons =
        [
            .. faults.Now,
            .. store.Damage is { } damage ? [damage] : Array.Empty<string>(),
            .. maintenance.Current is { } window ? [$"Maintenance until {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}"] : Array.Empty<string>(),
        ];
        return Task.FromResult(reasons.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join(' ', reasons), data: new Dictionary<string, object> { [HealthReply.Reasons] = reasons }));
    }
}
