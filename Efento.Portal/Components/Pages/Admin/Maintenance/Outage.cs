using Efento.Portal.Devices;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>
/// The whole time in which gateways could not come: a window with those so close before and after it that most gateways can't have come in between.
/// </summary>
/// <param name="FromUtc">Since when.</param>
/// <param name="UntilUtc">Until when.</param>
internal sealed record Outage(DateTimeOffset FromUtc, DateTimeOffset UntilUtc)
{
    /// <summary>By then all would have come: they pause five minutes and send a heartbeat every quarter of an hour.</summary>
    private static readonly TimeSpan Enough = ReturnQuery.Pause + GatewayState.DefaultHeartbeatInterval;

    /// <summary>The outage a window is a part of.</summary>
    public static Outage Around(MaintenanceWindow window, IEnumerable<MaintenanceWindow> windows)
    {
        var (from, until) = (window.FromUtc, window.UntilUtc);
        var inOrder = windows.Where(w => !w.IsCancelled).OrderBy(w => w.FromUtc).ToList();
        foreach (var earlier in inOrder.Where(w => w.FromUtc < window.FromUtc).Reverse().TakeWhile(w => from - w.UntilUtc < Enough))
        {
            from = earlier.FromUtc;
        }

        foreach (var later in inOrder.Where(w => w.FromUtc > window.FromUtc).TakeWhile(w => w.FromUtc - until < Enough))
        {
            until = later.UntilUtc;
        }

        return new(from, until);
    }
}
