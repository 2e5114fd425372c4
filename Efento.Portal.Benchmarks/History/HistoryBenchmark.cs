using System.Diagnostics;
using System.Globalization;
using Efento.Portal.Benchmarks.Filling;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Benchmarks.History;

/// <summary>How fast a chart's data is read through <see cref="RangeReader"/>: warm, from a database full of other series.</summary>
internal sealed class HistoryBenchmark(string directory, TextWriter output)
{
    private const int WarmUps = 100;
    private const int Samples = 100;
    private const double MostTimesDay = 0.45;
    private const double MostTimesMonth = 4;

    private static readonly long EndMs = new DateTimeOffset(FilledDatabase.EndUtc).ToUnixTimeMilliseconds();

    private readonly Claims _claims = new(output);

    /// <summary>Fills the database, reads and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(long rows, CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(directory));
        var watch = Stopwatch.StartNew();
        var written = await FilledDatabase.FillAsync(directory, rows, stopping);
        output.WriteLine(
            $"{written:#,0} stored readings of 10,000 series (filled in {watch.Elapsed.TotalSeconds:0} s); {Samples} reads of {2 * FilledDatabase.MinuteLoggers} 1-minute series by turns");
        output.WriteLine();

        var reference = Machine.ReferenceMs();
        var query = await OpenAsync(stopping);
        var day = Measure(query, TimeSpan.FromDays(1), stopping);
        var month = Measure(query, TimeSpan.FromDays(FilledDatabase.Days), stopping);
        Table.Print(
            output, ["one series, at most 1,000 points", "readings", "points", "median ms", "p95 ms"],
            [day.Row("24 hours"), month.Row("30 days")]);
        output.WriteLine(Machine.DescribeReference(reference));
        _claims.AtMost("last 24 hours of a 1-minute series, median / the reference", day.MedianMs / reference, MostTimesDay);
        _claims.AtMost("30 days of a 1-minute series, median / the reference", month.MedianMs / reference, MostTimesMonth);
        _claims.AtMost("points of 30 days", month.Points, RangeQuery.DefaultPoints);
        _claims.Print();
        return _claims.AllHold;
    }

    private async Task<(RangeReader Ranges, IReadOnlyList<SeriesEntry> Series)> OpenAsync(CancellationToken stopping)
    {
        var database = new SqliteDatabase(directory);
        var store = new SqliteReadingStore(database, new ReceiptTimes());
        var series = new SeriesDirectory();
        await using var db = new PortalDbContext(
            new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(database.ReadConnectionString).Options);
        stopping.ThrowIfCancellationRequested();
        series.Load(db, store, EndMs);
        var ranges = new RangeReader(
            new SqliteRangeStore(database, new ReceiptTimes()), new LoggerDirectory(), new RollupQueue(), TimeProvider.System);
        return (ranges, [.. Enumerable.Range(1, FilledDatabase.MinuteLoggers).SelectMany(series.Of)]);
    }

    private static Result Measure(
        (RangeReader Ranges, IReadOnlyList<SeriesEntry> Series) history, TimeSpan range, CancellationToken stopping)
    {
        var fromMs = EndMs - (long)range.TotalMilliseconds;
        ChannelRange Read(int i)
        {
            stopping.ThrowIfCancellationRequested();
            var series = history.Series[i % history.Series.Count];
            return history.Ranges.Read(
                series.Type, [new SeriesSpan(series, 0, fromMs, EndMs)], new Stretch(fromMs, EndMs), RangeQuery.DefaultPoints);
        }

        for (var i = 0; i < WarmUps; i++)
        {
            Read(i);
        }

        var times = new double[Samples];
        var read = Read(0);
        for (var i = 0; i < Samples; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            read = Read(i);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        Array.Sort(times);
        return new Result(read.Walk.Sum?.Count ?? 0, read.Points.Count, times[Samples / 2], times[Samples * 95 / 100]);
    }

    private sealed record Result(long Readings, int Points, double MedianMs, double P95Ms)
    {
        public string[] Row(string name) =>
        [
            name,
            Readings.ToString("#,0", CultureInfo.InvariantCulture),
            Points.ToString("#,0", CultureInfo.InvariantCulture),
            MedianMs.ToString("0.00", CultureInfo.InvariantCulture),
            P95Ms.ToString("0.00", CultureInfo.InvariantCulture),
        ];
    }
}
