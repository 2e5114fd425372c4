using Efento.Portal.Configuration;
using Efento.Portal.Maintenance;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Says when and how the portal makes backups by itself.</summary>
internal sealed class BackupPlans(SiteClock clock, IOptionsMonitor<BackupOptions> options, TimeProvider time)
{
    /// <summary>The plan; null if the portal makes none.</summary>
    public async Task<BackupPlan?> ReadAsync(CancellationToken cancellationToken = default)
    {
        var its = options.CurrentValue;
        return its.Directory is null
            ? null
            : new(
                Path.GetFullPath(its.Directory),
                BackupSchedule.NextAfter(time.GetUtcNow(), its.TimeOfDay, await clock.ReadZoneAsync(cancellationToken)),
                new(its.KeepDaily, its.KeepWeekly, its.KeepMonthly), its.PassphraseFile is not null);
    }
}

/// <summary>When and how the portal makes backups by itself.</summary>
/// <param name="Directory">Where they go.</param>
/// <param name="NextUtc">When the next one is made.</param>
/// <param name="Kept">Which are kept.</param>
/// <param name="IsEncrypted">Whether they are encrypted, and have the keys and secrets.</param>
internal sealed record BackupPlan(string Directory, DateTimeOffset NextUtc, BackupsKept Kept, bool IsEncrypted);
