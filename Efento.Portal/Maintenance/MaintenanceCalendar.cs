using Efento.Portal.Live;

namespace Efento.Portal.Maintenance;

/// <summary>
/// The current and planned windows in memory; every message of a gateway checks them. Only the clock decides whether a window is on. The
/// timer only notifies open pages.
/// </summary>
internal sealed class MaintenanceCalendar(LiveFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>How long before its begin a planned window is announced on every page.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(1);

    /// <summary>
    /// A timer does not notice when the clock is set or the machine sleeps, so the calendar is checked at least this often.
    /// </summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private volatile MaintenanceWindow[] _windows = [];
    private (int? On, int? Next) _published;
    private ITimer? _wake;
    private bool _isDisposed;

    /// <summary>The window that is on now; null if none is.</summary>
    public MaintenanceWindow? Current
    {
        get
        {
            var windows = _windows;
            if (windows.Length == 0)
            {
                return null;
            }

            var now = time.GetUtcNow();
            return Array.Find(windows, w => w.Covers(now));
        }
    }

    /// <summary>The planned windows, the next first.</summary>
    public IReadOnlyList<MaintenanceWindow> Planned
    {
        get
        {
            var now = time.GetUtcNow();
            return [.. _windows.Where(w => w.FromUtc > now)];
        }
    }

    /// <summary>The next window, if it begins within the hour; null otherwise.</summary>
    public MaintenanceWindow? Announced => Planned is [var next, ..] && next.FromUtc - time.GetUtcNow() <= Notice ? next : null;

    /// <summary>Sets the windows that are not over.</summary>
    public void Set(IEnumerable<MaintenanceWindow> windows)
    {
        lock (_lock)
        {
            _windows = [.. windows.OrderBy(w => w.FromUtc)];
            _published = Shown();
            Rest();
        }

        Publish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _wake?.Dispose();
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            // Windows that are over stay in memory: a clock that was set too far forward may be set back.
            var told = _published;
            _published = Shown();
            Rest();
            if (_published == told)
            {
                return;
            }
        }

        Publish();
    }

    private (int? On, int? Next) Shown() => (Current?.Id, Announced?.Id);

    private void Publish() => feed.Publish(new LiveKey(LiveTopic.Maintenance));

    /// <summary>Sets the timer to the next begin, end or announcement.</summary>
    private void Rest()
    {
        _wake?.Dispose();
        _wake = _isDisposed || _windows.Length == 0 ? null : time.CreateTimer(_ => Wake(), null, UntilNext(), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan UntilNext()
    {
        var now = time.GetUtcNow();
        var rest = _windows.SelectMany(w => (DateTimeOffset[])[w.FromUtc - Notice, w.FromUtc, w.UntilUtc])
            .Where(t => t > now)
            .Select(t => t - now)
            .Append(LongestSleep)
            .Min();
        return rest > ShortestSleep ? rest : ShortestSleep;
    }
}
