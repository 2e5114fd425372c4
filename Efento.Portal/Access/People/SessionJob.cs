using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Ends expired sessions. Now and then it also stores when users were last active, and writes the shared audit entries of failed sign-in
/// attempts.
/// </summary>
internal sealed partial class SessionJob(
    WriteGate gate,
    PeopleDirectory people,
    FailedSignIns failures,
    AuditTrail audit,
    TimeProvider time,
    ILogger<SessionJob> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private Dictionary<int, DateTimeOffset> _written = [];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _written = new Dictionary<int, DateTimeOffset>(people.Activity());
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => WriteAsync(isEnding: true, cancellationToken));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => WriteAsync(isEnding: false, stoppingToken));
        }
    }

    private async Task WriteAsync(bool isEnding, CancellationToken cancellationToken)
    {
        await failures.FlushAsync(isEnding, cancellationToken);
        await WriteActivityAsync(cancellationToken);
        if (people.Overdue() is { Count: > 0 } overdue)
        {
            await gate.WriteAsync(db => EndAsync(db, overdue, cancellationToken), cancellationToken);
            await people.ReloadAsync(cancellationToken);
        }
    }

    private async Task EndAsync(PortalDbContext db, IReadOnlyDictionary<int, SessionEnd> overdue, CancellationToken cancellationToken)
    {
        foreach (var (id, why) in overdue)
        {
            var how = why is SessionEnd.Idle ? "signed out after idle time" : "signed out after the longest time";
            await db.EndSessionAsync(audit, Actor.Portal, id, how, time.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>Stored every minute, because after a restart it decides whether a user who was just active stays signed in.</summary>
    private async Task WriteActivityAsync(CancellationToken cancellationToken)
    {
        var activity = people.Activity();
        var changed = activity.Where(a => !_written.TryGetValue(a.Key, out var written) || a.Value != written).ToList();
        if (changed.Count > 0)
        {
            await gate.WriteAsync(
                async db =>
                {
                    foreach (var (id, lastActive) in changed)
                    {
                        await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(
                            set => set.SetProperty(s => s.LastActiveUtc, lastActive), cancellationToken);
                    }
                },
                cancellationToken);
        }

        _written = new Dictionary<int, DateTimeOffset>(activity);
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The disk may be full; the next run tries again. An expired session can't be used in the meantime.
            LogFault(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Ended sessions, last activity and failed sign-ins could not be written")]
    private static partial void LogFault(ILogger log, Exception fault);
}
