using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Arrivals;

/// <summary>
/// Checks whether every consumer keeps up with what is stored, and whether one holds back the ledger. Neither affects the answers to
/// gateways.
/// </summary>
internal sealed class ArrivalHealthCheck(ArrivalFeed feed, LedgerHold hold, TimeProvider time) : IHealthCheck
{
    /// <summary>A consumer that works on one batch for longer than this counts as stuck.</summary>
    internal static readonly TimeSpan MostBusy = TimeSpan.FromMinutes(1);

    /// <summary>How long it is told that a consumer began anew.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] reasons =
        [
            .. feed.Subscriptions.Select(Fault).OfType<string>(),
            .. hold.Why is { } why ? [why] : Array.Empty<string>(),
        ];
        return Task.FromResult(reasons.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', reasons)));
    }

    private string? Fault(ArrivalSubscription its) =>
        its.Fault is { } fault ? $"The consumer \"{its.Consumer.Name}\" does not take what was stored: {fault.Message}"
        : its.Consumer.Trouble is { } trouble ? trouble
        : its.Busy >= MostBusy ? $"The consumer \"{its.Consumer.Name}\" has been at work on one batch since {its.Busy:c}."
        : its.BeganAnewUtc is { } began && time.GetUtcNow() - began < Told
            ? $"""
                The consumer "{its.Consumer.Name}" began anew at {began:u}, because the ledger did not hold any more what it had not read. Give the ledger a longer time in Portal:Retention:Ledger if this happens again.
                """
        : null;
}
