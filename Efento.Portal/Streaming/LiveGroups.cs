using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Streaming;

/// <summary>The groups of those who listen, by what they may see. A group is there while somebody listens.</summary>
internal sealed class LiveGroups(SiteScopes scopes, LoggerQuery loggers, MaintenanceMode maintenance, ReceiptTimes receipts, LiveFeed feed)
{
    private const string Everything = "everything";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>How many groups there are.</summary>
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

    /// <summary>What tells the groups apart: the locations somebody is limited to.</summary>
    public static string KeyOf(ClaimsPrincipal listener) => LocationLimit.Of(listener)?.Kept ?? Everything;

    /// <summary>Joins the group of whoever listens.</summary>
    public LiveGroup Join(ClaimsPrincipal listener)
    {
        lock (_lock)
        {
            var key = KeyOf(listener);
            if (!_groups.TryGetValue(key, out var group))
            {
                group = _groups[key] = new LiveGroup(scopes.Of(listener), loggers, maintenance, receipts, feed);
            }

            group.Listeners++;
            return group;
        }
    }

    /// <summary>Leaves it; the last one ends it.</summary>
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
