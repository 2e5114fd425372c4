namespace Efento.Portal.Benchmarks.Load;

/// <summary>What one run of the load generator does.</summary>
internal sealed record LoadOptions
{
    /// <summary>The most connections.</summary>
    public const int Connections = 64;

    /// <summary>Loggers of the fleet, two series each, unless told otherwise.</summary>
    public const int FleetLoggers = 5_000;

    /// <summary>Loggers of the fleet.</summary>
    public int Loggers { get; init; } = FleetLoggers;

    /// <summary>Where to, on 127.0.0.1.</summary>
    public required int Port { get; init; }

    /// <summary>The X-Api-Token.</summary>
    public required string Token { get; init; }

    /// <summary>The fleet's first measurement in this run.</summary>
    public required DateTime StartUtc { get; init; }

    /// <summary>How long nothing is counted.</summary>
    public required double WarmUpSeconds { get; init; }

    /// <summary>How long is counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests a second, evenly spaced (open loop); 0: as soon as the answer is there (closed loop).</summary>
    public double Rate { get; init; }
}

/// <summary>What one run measured.</summary>
/// <param name="Requests">Answers counted.</param>
/// <param name="Unavailable">How many of all answers were 503.</param>
/// <param name="Unexpected">How many of all answers were neither 201 nor 503.</param>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50Ms">Median latency.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="MaxMs">The longest.</param>
/// <param name="Stored">201 in all, warm-up included.</param>
/// <param name="Cycles">How many measurements the busiest logger made.</param>
/// <param name="GeneratorCpuSeconds">CPU the generator itself took.</param>
internal sealed record LoadResult(
    long Requests,
    long Unavailable,
    long Unexpected,
    double PerSecond,
    double P50Ms,
    double P99Ms,
    double MaxMs,
    long Stored,
    int Cycles,
    double GeneratorCpuSeconds);
