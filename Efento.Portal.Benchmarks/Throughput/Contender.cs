using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>A server that is compared, and what its runs measured.</summary>
internal sealed class Contender(string name, ServerProcess server) : IDisposable
{
    private const double FirstWarmUpSeconds = 6;
    private const double WarmUpSeconds = 1;

    private readonly List<Run> _runs = [];
    private DateTime _nextStartUtc = Fleet.FirstMeasurementUtc;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>Its process.</summary>
    public ServerProcess Server => server;

    /// <summary>Its runs.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>The median of a figure over the runs.</summary>
    public double Median(Func<Run, double> figure)
    {
        var sorted = _runs.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>All 503 and unexpected answers.</summary>
    public long NotStored => _runs.Sum(r => r.Load.Unavailable + r.Load.Unexpected);

    /// <summary>Everything answered 201.</summary>
    public long Stored => _runs.Sum(r => r.Load.Stored);

    /// <summary>Runs the load; every reading in it is new to the server.</summary>
    /// <param name="seconds">How long is counted.</param>
    /// <param name="rate">Requests a second of an open loop; 0 for the closed one.</param>
    /// <param name="stopping">Ends it early.</param>
    public async Task<Run> RunAsync(double seconds, double rate, CancellationToken stopping)
    {
        var before = server.Cpu;
        var load = await LoadProcess.RunAsync(
            new()
            {
                Port = server.Port,
                Token = ServerProcess.Token,
                StartUtc = _nextStartUtc,
                WarmUpSeconds = _runs.Count == 0 ? FirstWarmUpSeconds : WarmUpSeconds,
                Seconds = seconds,
                Rate = rate,
            },
            stopping);
        _nextStartUtc += (load.Cycles + 1) * FleetMessage.Interval;
        if (_nextStartUtc > DateTime.UtcNow)
        {
            throw new InvalidOperationException("The fleet's time has reached the present; run for a shorter time.");
        }

        var run = new Run(load, (server.Cpu - before).TotalMicroseconds / load.Stored);
        _runs.Add(run);
        return run;
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    /// <summary>One run.</summary>
    /// <param name="Load">What the generator measured.</param>
    /// <param name="CpuMicroseconds">CPU the server took for one request, in µs.</param>
    public sealed record Run(LoadResult Load, double CpuMicroseconds);
}
