using Efento.Portal.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Knows whether the backups of the schedule are made.</summary>
internal sealed class BackupWatch(BackupHistory history, IOptionsMonitor<BackupOptions> options, TimeProvider time)
{
    /// <summary>How old the last one may be: a day, an hour of a night with 25, and an hour to make it.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(26);

    /// <summary>What is wrong, in a sentence; null if nothing is.</summary>
    public async Task<string?> TroubleAsync(CancellationToken cancellationToken)
    {
        if (options.CurrentValue.Directory is null)
        {
            return null;
        }

        var (last, good) = await history.LastAsync(cancellationToken);
        return last is { Fault: { } kind }
                ? $"The last backup failed at {last.BegunUtc:u}: {BackupWords.Of(new(kind, last.Detail ?? ""))} The last good one is of {Of(good)}."
            : good is not null && time.GetUtcNow() - good.BegunUtc > Oldest ? $"The last backup is of {Of(good)}."
            : null;
    }

    private static string Of(BackupRecord? record) => record is null ? "never" : $"{record.BegunUtc:u}, checked at {record.CheckedUtc:u}";
}

/// <summary>Checks whether the backups of the schedule are made. They do not affect the answers to gateways.</summary>
internal sealed class BackupHealthCheck(BackupWatch watch) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await watch.TroubleAsync(cancellationToken) is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy();
}
