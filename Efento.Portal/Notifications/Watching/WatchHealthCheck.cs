using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// Checks whether the calls of the dead-man address and the mail of the day get through. Neither affects the answers to gateways.
/// </summary>
internal sealed class WatchHealthCheck(
    DeadManBoard board, NotificationDirectory directory, IDbContextFactory<PortalDbContext> database, TimeProvider time) : IHealthCheck
{
    /// <summary>How long the mail of a day may take.</summary>
    public static readonly TimeSpan MailMayTake = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] reasons = [.. new[] { OfCalls(), await OfMailAsync(cancellationToken) }.OfType<string>()];
        return reasons.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', reasons));
    }

    private string? OfCalls() => board.State switch
    {
        { HeldSinceUtc: { } since, Held: { } why } =>
            $"The dead-man address is not called since {since:u}, because the portal does not watch: {why.Kind}. {why.More}".TrimEnd(),
        { FailingSinceUtc: { } since } its => $"Calls of the dead-man address fail since {since:u}: {its.FailureAnswer}",
        _ => null,
    };

    private async Task<string?> OfMailAsync(CancellationToken cancellationToken)
    {
        if (directory.Book.Watching?.Row.MailMinute is null)
        {
            return null;
        }

        var late = time.GetUtcNow() - MailMayTake;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var last = await WatchMails.LastAsync(db, cancellationToken);
        return last.Any(d => d.State is DeliveryState.Failed || (d.IsOpen && d.DueUtc <= late))
            ? "The daily mail did not reach everybody. See the deliveries."
            : null;
    }
}
