namespace Efento.Portal.Simulation;

/// <summary>What happens to a simulated logger itself, whatever it measures. By default nothing does.</summary>
public sealed record LoggerStory
{
    /// <summary>When it does not measure at all: what lies in these times is never sent.</summary>
    public IReadOnlyList<Stretch> Off { get; init; } = [];

    /// <summary>From when on its battery is low. The default, null, leaves that to its seed.</summary>
    public DateTimeOffset? BatteryLowFromUtc { get; init; }

    /// <summary>About how strong its signal is, in dBm. The default, null, leaves that to its seed.</summary>
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
