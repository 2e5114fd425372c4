using Efento.Portal.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Checks whether the backups of the schedule are made. They do not affect the answers to gateways.</summary>
internal sealed class BackupHealthCheck(BackupHistory history, IOptionsMonitor<BackupOptions> options, TimeProvider time) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "backup";

    /// <summary>How old the last one may be: a day, an hour of a night with 25, and an hour to make it.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(26);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (options.CurrentValue.Directory is null)
        {
            return HealthCheckResult.Healthy();
        }

        var (last, good) = await history.LastAsync(cancellationToken);
        return last is { Fault: { } kind } ? HealthCheckResult.Degraded(
                $"The last backup failed at {last.BegunUtc:u}: {BackupWords.Of(new(kind, last.Detail ?? ""))} The last good one is of {Of(good)}.")
            : good is not null && time.GetUtcNow() - good.BegunUtc > Oldest
            ? HealthCheckResult.Degraded($"The last backup is of {Of(good)}.")
            : HealthCheckResult.Healthy();
    }

    private static string Of(BackupRecord? record) => record is null ? "never" : $"{record.BegunUtc:u}, checked at {record.CheckedUtc:u}";
}
