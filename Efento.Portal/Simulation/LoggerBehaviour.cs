namespace Efento.Portal.Simulation;

/// <summary>Events of a simulated logger itself, independent of what it measures. By default there are none.</summary>
public sealed record LoggerBehaviour
{
    /// <summary>The times at which it does not measure, so that nothing is ever sent for them.</summary>
    public IReadOnlyList<Period> Off { get; init; } = [];

    /// <summary>When its battery becomes low. With null, the default, its seed decides.</summary>
    public DateTimeOffset? BatteryLowFromUtc { get; init; }

    /// <summary>The approximate signal strength in dBm. With null, the default, its seed decides.</summary>
    public int? Signal { get; init; }

    /// <summary>Whether it does not measure at this time.</summary>
    public bool IsOff(DateTimeOffset time)
    {
        foreach (var stretch in Off)
        {
            if (stretch.Contains(time))
            {
                return true;
            }
        }

        return false;
    }
}
