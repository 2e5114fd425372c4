namespace Efento.Portal.Alarms.Standing;

/// <summary>
/// Power cuts of locations. A gateway does not say where it stands, but the loggers that it hears are near it. Gateways that hear loggers
/// of one location and lose mains soon after each other tell of one power cut: the first speaks, the others are recorded under it.
/// </summary>
internal static class PowerCuts
{
    /// <summary>Each gateway says so in its next heartbeat, which are minutes apart.</summary>
    internal static readonly TimeSpan SoonAfter = TimeSpan.FromMinutes(15);

    /// <summary>The gateway that first told of the power cut of another; null if none did before that one.</summary>
    public static int? FirstWith(Situation its, int gateway)
    {
        var first = gateway;
        while (BeforeIt(its, first) is { } earlier)
        {
            first = earlier;
        }

        return first == gateway ? null : first;
    }

    private static int? BeforeIt(Situation its, int gateway)
    {
        var (since, near) = (its.OnBattery[gateway], LocationsOf(its, gateway));
        return its.OnBattery
            .Where(other => (other.Value, other.Key).CompareTo((since, gateway)) < 0 && since - other.Value <= SoonAfter)
            .Where(other => LocationsOf(its, other.Key).Overlaps(near))
            .OrderBy(other => (other.Value, other.Key))
            .Select(other => (int?)other.Key).FirstOrDefault();
    }

    private static HashSet<int> LocationsOf(Situation its, int gateway) =>
    [
        .. from logger in its.Loggers
           where logger.Through.Any(c => c.GatewayId == gateway)
           select logger.LocationId into location
           where location is not null
           select location.Value,
    ];
}
