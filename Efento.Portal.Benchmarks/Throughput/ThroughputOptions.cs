namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>How long and how much.</summary>
/// <param name="Seconds">Of a run.</param>
/// <param name="Rounds">Runs of each contender, interleaved.</param>
/// <param name="Rows">Readings stored before the comparison of a full with an empty database; 0 leaves it out.</param>
/// <param name="Directory">Where the databases are put; they are deleted afterwards.</param>
/// <param name="Port">The first of the ports used on 127.0.0.1.</param>
internal sealed record ThroughputOptions(double Seconds, int Rounds, long Rows, string Directory, int Port);
