using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Tests.Support;

/// <summary>What is asked of a measuring point.</summary>
public static class PointReads
{
    /// <summary>The point as a scope sees it; everything by default.</summary>
    public static Task<PointSpans> PointAsync(this PortalUnderTest portal, int pointId, SiteScope? scope = null) =>
        portal.Get<PointHistory>().SpansAsync(scope ?? SiteScope.Everything, pointId);
}
