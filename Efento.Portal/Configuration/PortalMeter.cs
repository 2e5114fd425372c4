using System.Diagnostics.Metrics;

namespace Efento.Portal.Configuration;

/// <summary>The meter of the portal's own figures, for whatever exports them.</summary>
internal static class PortalMeter
{
    /// <summary>Its name.</summary>
    public const string Name = "Efento.Portal";

    /// <summary>The meter of this process's portal.</summary>
    public static Meter Of(IMeterFactory meters) => meters.Create(Name);
}
