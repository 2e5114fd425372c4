namespace Efento.Portal.Simulation;

/// <summary>The options of a simulation.</summary>
internal sealed record SimulationOptions
{
    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The tokens, assigned to the gateways in turn. With an empty one no heartbeats are sent, as on a real gateway.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>How many gateways. The default is 1.</summary>
    public int Gateways { get; init; } = 1;

    /// <summary>How many loggers each gateway hears. The default is 10.</summary>
    public int Loggers { get; init; } = 10;

    /// <summary>The loggers' measurement interval, whole seconds. The default is 3 minutes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How much faster than real time everything runs. The default is 1. Above 1 a <see cref="Duration"/> is needed.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How long, in real time. The default is null: until stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// How long the loggers have measured before the start, in simulated time. These measurements are sent first, as after an outage. The
    /// default is zero.
    /// </summary>
    public TimeSpan History { get; init; }

    /// <summary>Decides serials and values. The default is 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The custom header in which each gateway sends its serial; empty for none. The default is "X-Gateway-Serial".</summary>
    public string SerialHeader { get; init; } = "X-Gateway-Serial";

    /// <summary>
    /// How long gateways may still send remaining measurements after the duration, in real time. The default is 10 seconds.
    /// </summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The begin of simulated time. It is so early that simulated time reaches real time at the end of the duration, whatever the speed,
    /// because a server rejects measurements from the future.
    /// </summary>
    public DateTimeOffset StartFor(DateTimeOffset nowUtc) =>
        Duration is { } duration && Speed > 1 ? nowUtc - (duration * (Speed - 1)) : nowUtc;
}
