using System.Diagnostics;
using System.Globalization;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.History;

namespace Efento.Portal.Benchmarks.History;

/// <summary>
/// How fast long ranges open through <see cref="RangeQuery"/>, gaps explained and figures included, and whether a spike of one reading is
/// seen.
/// </summary>
internal sealed class LongHistoryBenchmark(string directory, TextWriter output)
{
    private const int Years = 5;
    private const int Loggers = 4;
    private const int Samples = 40;
    private const double MostTimesDay = 0.45;
    private const double MostTimesMonth = 3.5;
    private const double MostTimesYears = 8.8;

    // As pages read: long ranges in whole days of the user.
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    private readonly Claims _claims = new(output);

    /// <summary>Fills the database, reads and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(directory));
        using var history = await LongHistory.FillAsync(directory, Loggers, Years, stopping);
        output.WriteLine(
            $"{history.Readings:#,0} stored readings of {Loggers} series, one every 3 minutes for {Years} years; rolled up in {history.RollingUp.TotalSeconds:0.0} s; {Samples} reads by turns");
        output.WriteLine();

        var reference = Machine.ReferenceMs();
        var query = history.OpenQuery();
        var all = query.ExtentOf(LongHistory.PointOf(1))!.Value;
        Result[] results =
        [
            await MeasureAsync("24 hours", query, history.EndUtc.AddDays(-1), history.EndUtc, stopping),
            await MeasureAsync("30 days", query, history.EndUtc.AddDays(-30), history.EndUtc, stopping),
            await MeasureAsync("a year", query, history.EndUtc.AddDays(-365), history.EndUtc, stopping),
            await MeasureAsync("five years", query, history.EndUtc.AddDays(-365 * Years), history.EndUtc, stopping),
            await MeasureAsync("all", query, all.FirstUtc, all.LastUtc.AddMilliseconds(1), stopping),
        ];
        Table.Print(
            output, ["one series, at most 1,000 points", "readings", "points", "gaps", "median ms", "p95 ms"],
            [.. results.Select(r => r.Row())]);
        output.WriteLine(Machine.DescribeReference(reference));
        _claims.AtMost("24 hours, median / the reference", results[0].MedianMs / reference, MostTimesDay);
        _claims.AtMost("30 days, median / the reference", results[1].MedianMs / reference, MostTimesMonth);
        _claims.AtMost("a year, median / the reference", results[2].MedianMs / reference, MostTimesYears);
        _claims.AtMost("five years, median / the reference", results[3].MedianMs / reference, MostTimesYears);
        _claims.AtMost("all, median / the reference", results[4].MedianMs / reference, MostTimesYears);
        _claims.AtMost("points of five years", results[3].Points, RangeQuery.DefaultPoints);
        _claims.AtLeast("largest value of five years: the spike of one reading", results[3].Max, LongHistory.Spike);
        _claims.Print();
        return _claims.AllHold;
    }

    private static async Task<Result> MeasureAsync(
        string name, RangeQuery query, DateTimeOffset from, DateTimeOffset to, CancellationToken stopping)
    {
        var times = new double[Samples];
        RangeHistory? read = null;
        for (var i = -Loggers; i < Samples; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            var point = LongHistory.PointOf(1 + ((i + Loggers) % Loggers));
            read = await query.ReadAsync(point, from, to, zone: Zone, cancellationToken: stopping);
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        var channel = read!.Channels[0];
        return new Result(
            name, channel.Statistics.Count, channel.Points.Count, channel.Gaps.Count, channel.Points.Where(p => !p.IsBreak).Max(p => p.Max),
            times[Samples / 2], times[Samples * 95 / 100]);
    }

    private sealed record Result(string Name, long Readings, int Points, int Gaps, double Max, double MedianMs, double P95Ms)
    {
        public string[] Row() =>
        [
            Name,
            Readings.ToString("#,0", CultureInfo.InvariantCulture),
            Points.ToString("#,0", CultureInfo.InvariantCulture),
            Gaps.ToString("#,0", CultureInfo.InvariantCulture),
            MedianMs.ToString("0.00", CultureInfo.InvariantCulture),
            P95Ms.ToString("0.00", CultureInfo.InvariantCulture),
        ];
    }
}
