using BenchmarkDotNet.Attributes;
using Efento.Portal.Measurements;

namespace Efento.Portal.Benchmarks;

/// <summary>What it costs to reduce a series of a reading a minute to what a chart shows.</summary>
[MemoryDiagnoser]
public class MinMaxBenchmarks
{
    private const int PerDay = 1_440;
    private const int Points = 1_000;
    private const long MinuteMs = 60_000;

    private long[] _times = [];
    private double[] _values = [];

    /// <summary>How many days the series covers.</summary>
    [Params(1, 30, 365)]
    public int Days { get; set; }

    /// <summary>Makes a temperature that swings with the day and trembles, and misses an hour a week.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _times = [.. Enumerable.Range(0, Days * PerDay).Select(i => i * MinuteMs)];
        _values = [.. Enumerable.Range(0, Days * PerDay).Select(i => i % (7 * PerDay) is >= 600 and < 660
            ? double.NaN
            : Math.Round(5 + (2 * Math.Sin(2 * Math.PI * i / PerDay)) + random.NextDouble(), 1))];
    }

    /// <summary>To a thousand points.</summary>
    [Benchmark]
    public double[] Reduce() => MinMax.Reduce(_times, _values, Points);
}
