using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Maintenance;

/// <summary>The 503 mode: while it is on, gateways keep what they have and come back. Persisted, and ending by itself.</summary>
public sealed class MaintenanceMode(WriteGate gate, IDbContextFactory<PortalDbContext> database, LiveFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>The longest a timer can wait: 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private volatile MaintenanceWindow? _window;
    private ITimer? _end;

    /// <summary>The window that is on now; null if none is.</summary>
    public MaintenanceWindow? Current => _window is { } window && window.Covers(time.GetUtcNow()) ? window : null;

    /// <summary>Turns it on for <paramref name="duration"/>, or changes the end and reason if it is on.</summary>
    public async Task<MaintenanceWindow> StartAsync(TimeSpan duration, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var now = time.GetUtcNow();
        var window = new MaintenanceWindow { Reason = reason, FromUtc = now, UntilUtc = now + duration };
        await gate.WriteAsync(
            async db =>
            {
                // With the one before it in one step: no message may slip in between the two.
                await db.MaintenanceWindows.Where(w => w.UntilUtc > now)
                    .ExecuteUpdateAsync(set => set.SetProperty(w => w.UntilUtc, now), cancellationToken);
                db.MaintenanceWindows.Add(window);
            },
            cancellationToken);
        Set(window);
        return window;
    }

    /// <summary>Ends it; false if it was not on.</summary>
    public async Task<bool> EndAsync(CancellationToken cancellationToken = default)
    {
        if (Current is not { } window)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await gate.WriteAsync(
            db => db.MaintenanceWindows.Where(w => w.Id == window.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.UntilUtc, now), cancellationToken),
            cancellationToken);
        Set(null);
        return true;
    }

    /// <summary>Reads the window that is on from the database.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        Set(await db.MaintenanceWindows.AsNoTracking().Where(w => w.FromUtc <= now && w.UntilUtc > now)
            .OrderByDescending(w => w.Id).FirstOrDefaultAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _end?.Dispose();

    private void Set(MaintenanceWindow? window)
    {
        _window = window;
        _end?.Dispose();
        _end = window is null ? null : time.CreateTimer(_ => Publish(), null, UntilEnd(window), Timeout.InfiniteTimeSpan);
        Publish();
    }

    private void Publish() => feed.Publish(new LiveKey(LiveTopic.Maintenance));

    private TimeSpan UntilEnd(MaintenanceWindow window)
    {
        var rest = window.UntilUtc - time.GetUtcNow();
        return rest > LongestTimer ? LongestTimer : rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
