using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>A server that is compared, and what its runs measured.</summary>
internal sealed class Contender(string name, ServerProcess server) : IDisposable
{
    private const double SettleSeconds = 0.5;

    private readonly List<Run> _runs = [];
    private readonly List<Run> _openRuns = [];
    private DateTime _nextStartUtc = Fleet.FirstMeasurementUtc;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>Its process.</summary>
    public ServerProcess Server => server;

    /// <summary>Its runs.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>Its runs with a fixed rate.</summary>
    public IReadOnlyList<Run> OpenRuns => _openRuns;

    /// <summary>The median of a figure over the runs.</summary>
    public double Median(Func<Run, double> figure) => Median(_runs.Select(figure));

    /// <summary>
    /// How many times as many requests a second as <paramref name="other"/>: the median of the rounds' ratios, since runs of one round
    /// find the machine in the same state.
    /// </summary>
    public double Times(Contender other) => Times(other, run => run.Load.PerSecond);

    /// <summary>How many times <paramref name="other"/>'s figure its own is: the median of the rounds' ratios.</summary>
    public double Times(Contender other, Func<Run, double> figure) => Times(_runs, other._runs, figure);

    /// <summary>The same of the runs with a fixed rate.</summary>
    public double OpenTimes(Contender other, Func<Run, double> figure) => Times(_openRuns, other._openRuns, figure);

    private static double Times(IEnumerable<Run> runs, IEnumerable<Run> others, Func<Run, double> figure) =>
        Median(runs.Zip(others, (mine, its) => figure(mine) / figure(its)));

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>All 503 and unexpected answers.</summary>
    public long NotStored { get; private set; }

    /// <summary>Runs the load until the code is compiled; only what went wrong is counted.</summary>
    public async Task WarmUpAsync(double seconds, CancellationToken stopping)
    {
        var run = await LoadAsync(seconds, rate: 0, stopping);
        NotStored += run.Load.Unavailable + run.Load.Unexpected;
    }

    /// <summary>Runs the load in a closed loop; every reading in it is new to the server.</summary>
    public async Task RunAsync(double seconds, CancellationToken stopping)
    {
        var run = await LoadAsync(seconds, rate: 0, stopping);
        NotStored += run.Load.Unavailable + run.Load.Unexpected;
        _runs.Add(run);
    }

    /// <summary>Runs the load in an open loop at a share of what the last closed one reached.</summary>
    public async Task RunOpenAsync(double seconds, double share, CancellationToken stopping)
    {
        var run = await LoadAsync(seconds, share * _runs[^1].Load.PerSecond, stopping);
        NotStored += run.Load.Unavailable + run.Load.Unexpected;
        _openRuns.Add(run);
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    private async Task<Run> LoadAsync(double seconds, double rate, CancellationToken stopping)
    {
        var before = server.Cpu;
        var load = await LoadProcess.RunAsync(
            new()
            {
                Port = server.Port,
                Token = ServerProcess.Token,
                StartUtc = _nextStartUtc,
                WarmUpSeconds = SettleSeconds,
                Seconds = seconds,
                Rate = rate,
            },
            stopping);
        _nextStartUtc += (load.Cycles + 1) * FleetMessage.Interval;
        if (_nextStartUtc > DateTime.UtcNow)
        {
            throw new InvalidOperationException("The fleet's time has reached the present; run for a shorter time.");
        }

        return new Run(load, (server.Cpu - before).TotalMicroseconds / load.Stored);
    }

    /// <summary>One run.</summary>
    /// <param name="Load">What the generator measured.</param>
    /// <param name="CpuMicroseconds">CPU the server took for one request, in µs.</param>
    public sealed record Run(LoadResult Load, double CpuMicroseconds);
}
