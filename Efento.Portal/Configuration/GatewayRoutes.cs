namespace Efento.Portal.Configuration;

/// <summary>The paths that every gateway sends to. Source: docs/gateway-api.md, "Routes".</summary>
internal static class GatewayRoutes
{
    /// <summary>Where measurements are sent: by gateways of today, and by older ones.</summary>
    public static readonly string[] Measurements = ["/api/v4/measurements", "/api/v2/measurements"];

    /// <summary>Where heartbeats are sent.</summary>
    public static readonly string[] Heartbeats = ["/api/v4/gateways/heartbeat"];
}
