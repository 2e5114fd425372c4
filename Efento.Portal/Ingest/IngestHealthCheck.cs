using Efento.Portal.Maintenance;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Checks whether gateways are answered 201 and whether damage was found in the database, and reports the reasons.</summary>
internal sealed class IngestHealthCheck(MaintenanceMode maintenance, IngestFaults faults, StoreHealth store) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] reasons =
        [
            .. IngestWords.Of(faults.Now),
            .. store.Damage is { } damage ? [IngestWords.Of(damage)] : Array.Empty<string>(),
            .. maintenance.Current is { } window
                ? [$"Maintenance until {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}"]
                : Array.Empty<string>(),
        ];
        return Task.FromResult(reasons.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(
                string.Join(' ', reasons), data: new Dictionary<string, object> { [HealthReply.Reasons] = reasons }));
    }
}
