using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>
/// A time in which gateways could not return: a window together with others so close to it that most gateways can't have returned in
/// between.
/// </summary>
/// <param name="FromUtc">The begin.</param>
/// <param name="UntilUtc">The end.</param>
internal sealed record Downtime(DateTimeOffset FromUtc, DateTimeOffset UntilUtc)
{
    /// <summary>Gateways return within this time: they pause for five minutes and send a heartbeat every quarter of an hour.</summary>
    private static readonly TimeSpan Enough = ReturnQuery.Pause + GatewayState.DefaultHeartbeatInterval;

    /// <summary>The downtime that contains a window.</summary>
    public static Downtime Around(MaintenanceWindow window, IEnumerable<MaintenanceWindow> windows)
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
