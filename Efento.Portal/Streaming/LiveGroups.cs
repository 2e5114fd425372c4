using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Streaming;

/// <summary>The groups of listeners by their rights. A group exists as long as it has a listener.</summary>
internal sealed class LiveGroups(
    SiteScopes scopes, LoggerQuery loggers, MaintenanceMode maintenance, ReceiptTimes receipts, ILiveTiles tiles, LiveFeed feed)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Limit, LiveView? View), LiveGroup> _groups = [];

    /// <summary>The number of groups.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _groups.Count;
            }
        }
    }

    /// <summary>The limit of a listener, which separates the groups of one view; null if there is no limit.</summary>
    public static string? LimitOf(ClaimsPrincipal listener) => LocationLimit.Of(listener)?.Kept;

    /// <summary>Adds a listener to its group.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="view">The language and units of a board; null for a program.</param>
    public LiveGroup Join(ClaimsPrincipal listener, LiveView? view)
    {
        lock (_lock)
        {
            var key = (LimitOf(listener), view);
            if (!_groups.TryGetValue(key, out var group))
            {
                group = _groups[key] = new LiveGroup(scopes.Of(listener), view, loggers, maintenance, receipts, tiles, feed);
            }

            group.Listeners++;
            return group;
        }
    }

    /// <summary>Removes a listener. The group ends with its last listener.</summary>
    public void Leave(LiveGroup group)
    {
        lock (_lock)
        {
            if (--group.Listeners == 0)
            {
                _groups.Remove(_groups.First(g => g.Value == group).Key);
                group.Dispose();
            }
        }
    }
}
