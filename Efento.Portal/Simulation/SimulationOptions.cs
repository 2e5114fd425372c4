namespace Efento.Portal.Simulation;

/// <summary>How many virtual gateways send what, where, how fast and for how long.</summary>
public sealed record SimulationOptions
{
    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The tokens, given out to the gateways in turn. An empty one stops heartbeats, as on a real gateway.</summary>
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

    /// <summary>How much the loggers have measured before the start, in simulated time; it is sent first, as after an outage. The default is zero.</summary>
    public TimeSpan History { get; init; }

    /// <summary>Decides serials and values. The default is 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The custom header in which each gateway says its serial; empty for none. The default is "X-Gateway-Serial".</summary>
    public string SerialHeader { get; init; } = "X-Gateway-Serial";

    /// <summary>How long after the duration gateways may go on sending what is left, in real time. The default is 10 seconds.</summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Where simulated time begins: so early that it meets real time at the end of the duration, however fast it runs,
    /// because a server rejects what was measured in the future.
    /// </summary>
    public DateTimeOffset StartFor(DateTimeOffset nowUtc) =>
        Duration is { } duration && Speed > 1 ? nowUtc - (duration * (Speed - 1)) : nowUtc;
}
