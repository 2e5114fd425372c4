using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest.Clock;

/// <summary>
/// Checks whether the server's clock is trusted for deleting old data. Gateways are answered as usual. That they are answered 503 because
/// of the clock is reported by <see cref="IngestHealthCheck"/>; here it is a fact in the data.
/// </summary>
internal sealed class ClockHealthCheck(ClockGuard guard, ServerClock clock) : IHealthCheck
{
    /// <summary>The key of a bool: whether gateways are answered 503 because of the clock.</summary>
    private const string StopsIngest = "stopsIngest";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { [StopsIngest] = clock.Fault is not null };
        return Task.FromResult(guard.Why is { } why
            ? HealthCheckResult.Degraded(IngestWords.Of(why), data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
