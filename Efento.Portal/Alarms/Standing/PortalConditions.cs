using Efento.Portal.Alarms.Rules;
using Efento.Portal.Backup;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Alarms.Standing;

/// <summary>
/// A disk that is nearly full, a quarantine that is not empty, a clock that is not trusted, messages that do not get through, no backup.
/// </summary>
internal sealed class PortalConditions(
    IDbContextFactory<PortalDbContext> database, HealthCheckService health, IFailingChannels channels, BackupWatch backups,
    LiveFeed feed, IOptions<PortalOptions> options) : IDisposable
{
    /// <summary>The health check that says whether the clock is trusted for deleting by age.</summary>
    private const string ClockCheck = "clock";

    /// <summary>What that check says of gateways: whether they are answered 503 because of the clock.</summary>
    private const string StopsIngest = "stopsIngest";

    private long? _diskSinceMs;
    private long? _clockSinceMs;
    private long? _quarantineSinceMs;
    private long? _backupSinceMs;
    private IDisposable? _following;
    private volatile bool _isQuarantineChanged = true;

    /// <inheritdoc/>
    public void Dispose() => _following?.Dispose();

    /// <summary>What holds now.</summary>
    public async Task<IReadOnlyList<StandingCondition>> ReadAsync(Situation its, CancellationToken cancellationToken) =>
    [
        .. new[]
        {
            Disk(its), await QuarantineAsync(its, cancellationToken), await ClockAsync(its, cancellationToken),
            await BackupAsync(its, cancellationToken),
        }.OfType<StandingCondition>(),
        .. channels.Failing.Select(c => Channel(its, c)).OfType<StandingCondition>(),
    ];

    private static StandingCondition? Channel(Situation its, FailingChannel failing) =>
        Of(its, RuleSubjects.Channel, failing.SinceUtc.ToUnixTimeMilliseconds(), _ => true) is { } found
            ? found with { Subject = found.Subject with { DeliveryChannel = failing.Key } }
            : null;

    private StandingCondition? Disk(Situation its)
    {
        var disk = new DriveInfo(Path.GetFullPath(options.Value.DataDirectory));
        var free = 100.0 * disk.AvailableFreeSpace / disk.TotalSize;
        var rule = its.Book.TimelineOfSite(RuleKind.Portal, RuleSubjects.Disk).RuleAt(its.Now);
        var least = rule?.Conditions.Levels.Max(l => l.Below);
        _diskSinceMs = free < least ? _diskSinceMs ?? its.Now.ToUnixTimeMilliseconds() : null;
        return _diskSinceMs is { } sinceMs && Of(its, RuleSubjects.Disk, sinceMs, level => free < level.Below) is { } found
            ? found with { Figure = Math.Round(free, 1), Limit = least }
            : null;
    }

    private async Task<StandingCondition?> QuarantineAsync(Situation its, CancellationToken cancellationToken)
    {
        _following ??= feed.Subscribe([new LiveKey(LiveTopic.Quarantine)], TimeSpan.Zero, NoteQuarantine);
        if (_isQuarantineChanged)
        {
            // Before the question: what is set aside meanwhile is then read again.
            _isQuarantineChanged = false;
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            _quarantineSinceMs = await db.QuarantineItems.Where(i => i.ReadAgainMs == null)
                .MinAsync(i => (long?)i.FirstMs, cancellationToken);
        }

        return _quarantineSinceMs is { } sinceMs ? Of(its, RuleSubjects.Quarantine, sinceMs, _ => true) : null;
    }

    private Task NoteQuarantine()
    {
        _isQuarantineChanged = true;
        return Task.CompletedTask;
    }

    private async Task<StandingCondition?> ClockAsync(Situation its, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(check => check.Name == ClockCheck, cancellationToken);
        var isWrong = report.Status is not HealthStatus.Healthy || report.Entries[ClockCheck].Data.GetValueOrDefault(StopsIngest) is true;
        _clockSinceMs = isWrong ? _clockSinceMs ?? its.Now.ToUnixTimeMilliseconds() : null;
        return _clockSinceMs is { } sinceMs ? Of(its, RuleSubjects.Clock, sinceMs, _ => true) : null;
    }

    private async Task<StandingCondition?> BackupAsync(Situation its, CancellationToken cancellationToken)
    {
        var trouble = await backups.TroubleAsync(cancellationToken);
        _backupSinceMs = trouble is null ? null : _backupSinceMs ?? its.Now.ToUnixTimeMilliseconds();
        return _backupSinceMs is { } sinceMs ? Of(its, RuleSubjects.Backup, sinceMs, _ => true) : null;
    }

    /// <summary>What holds now has begun, though the clock may have been set back since.</summary>
    private static StandingCondition? Of(Situation its, string subject, long sinceMs, Func<LevelConditions, bool> holds) =>
        StandingCondition.Of(
            new AlarmSubject(RuleKind.Portal, subject, null),
            its.Book.TimelineOfSite(RuleKind.Portal, subject).RuleAt(its.Now),
            its.Now,
            Math.Min(sinceMs, its.Now.ToUnixTimeMilliseconds()),
            holds);
}
