using System.Globalization;
using Efento.Portal.Benchmarks.History;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Export;

/// <summary>
/// How fast other programs get readings from the real portal over HTTP: page by page against all in one answer, by turns, and how fast and
/// how large the course of a series is.
/// </summary>
internal sealed class ExportBenchmark(string directory, int port, TextWriter output)
{
    private const int Loggers = 4;
    private const int Rounds = 5;
    private const int Samples = 40;
    private const double LeastTimesPages = 3;
    private const double MostOfPages = 0.25;
    private const double MostMonthMs = 10;
    private const double MostMonthKilobytes = 60;
    private const double MostYearMs = 20;

    private readonly Claims _claims = new(output);

    /// <summary>Fills the database, asks and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(directory));
        DateTimeOffset end;
        using (var history = await LongHistory.FillAsync(directory, Loggers, years: 1, stopping))
        {
            end = history.EndUtc;
            output.WriteLine($"{history.Readings:#,0} stored readings of {Loggers} series, one every 3 minutes for a year");
        }

        output.WriteLine($"load average {Machine.LoadAverage()}");
        output.WriteLine();
        using var server = await ServerProcess.StartPortalAsync(port, directory);
        using var client = new ExportClient(port);
        await DownloadAsync(client, stopping);
        await MonthAsync(client, end, stopping);
        await HistoryAsync(client, end, stopping);
        output.WriteLine($"load average {Machine.LoadAverage()}; peak memory of the portal {server.PeakMegabytes:0} MB");
        output.WriteLine();
        _claims.Print();
        return _claims.AllHold;
    }

    private async Task DownloadAsync(ExportClient client, CancellationToken stopping)
    {
        (string Name, string Query, string Coding)[] forms =
        [
            ("JSON", "limit=all", "identity"), ("CSV", "limit=all&format=csv", "identity"),
            ("JSON, gzip", "limit=all", "gzip"), ("JSON, zstd", "limit=all", "zstd"),
        ];
        List<Transfer> pages = [];
        List<Transfer>[] whole = [.. forms.Select(_ => new List<Transfer>())];
        for (var round = -1; round < Rounds; round++)
        {
            var path = PathOf(1 + ((round + 1) % Loggers));
            var paged = await client.PagesAsync($"{path}?limit=1000", stopping);
            for (var form = 0; form < forms.Length; form++)
            {
                var all = await client.WholeAsync($"{path}?{forms[form].Query}", forms[form].Coding, stopping);
                if (round >= 0)
                {
                    whole[form].Add(all with { Rows = paged.Rows });
                }
            }

            if (round >= 0)
            {
                pages.Add(paged);
            }
        }

        Table.Print(
            output, [$"a year of a series, {pages[0].Rows:#,0} rows, medians of {Rounds} rounds", "rows/s", "MB"],
            [Row("page by page, JSON", pages), .. forms.Select((form, i) => Row($"in one answer, {form.Name}", whole[i]))]);
        _claims.AtLeast("rows a second, JSON in one answer / page by page", Ratio(whole[0], pages), LeastTimesPages);
        _claims.AtLeast("rows a second, CSV in one answer / JSON page by page", Ratio(whole[1], pages), LeastTimesPages);
    }

    private async Task MonthAsync(ExportClient client, DateTimeOffset end, CancellationToken stopping)
    {
        List<Transfer> pages = [];
        List<Transfer> whole = [];
        for (var i = -Loggers; i < Samples; i++)
        {
            var path = $"{PathOf(1 + ((i + Loggers) % Loggers))}?from={Iso(end.AddDays(-30))}";
            var (paged, all) = (
                await client.PagesAsync($"{path}&limit=1000", stopping), await client.WholeAsync($"{path}&limit=all", "identity", stopping));
            if (i >= 0)
            {
                pages.Add(paged);
                whole.Add(all);
            }
        }

        Table.Print(
            output, [$"30 days of a series, {whole[0].Rows:#,0} rows, medians of {Samples}", "ms"],
            [["page by page", Ms(MedianMs(pages))], ["in one answer", Ms(MedianMs(whole))]]);
        _claims.AtMost("30 days of a 3-minute series, in one answer / page by page", MedianMs(whole) / MedianMs(pages), MostOfPages);
        _claims.AtLeast("rows in one answer / rows page by page", (double)whole[0].Rows / pages[0].Rows, 1);
    }

    private async Task HistoryAsync(ExportClient client, DateTimeOffset end, CancellationToken stopping)
    {
        var month = await CourseAsync(client, end.AddDays(-30), end, stopping);
        var year = await CourseAsync(client, end.AddDays(-365), end, stopping);
        Table.Print(
            output, ["the course of a series, at most 1,000 points", "median ms", "kB"],
            [
                ["30 days", Ms(MedianMs(month)), Kilobytes(month).ToString("0.0", CultureInfo.InvariantCulture)],
                ["a year", Ms(MedianMs(year)), Kilobytes(year).ToString("0.0", CultureInfo.InvariantCulture)],
            ]);
        _claims.AtMost("history of 30 days, median", MedianMs(month), MostMonthMs, "ms");
        _claims.AtMost("history of 30 days", Kilobytes(month), MostMonthKilobytes, "kB");
        _claims.AtMost("history of a year, median", MedianMs(year), MostYearMs, "ms");
    }

    private static async Task<List<Transfer>> CourseAsync(
        ExportClient client, DateTimeOffset from, DateTimeOffset to, CancellationToken stopping)
    {
        List<Transfer> asked = [];
        for (var i = -3 * Loggers; i < Samples; i++)
        {
            var logger = LongHistory.Serial(1 + ((i + (3 * Loggers)) % Loggers));
            var answer = await client.WholeAsync($"loggers/{logger}/history?from={Iso(from)}&to={Iso(to)}", "identity", stopping);
            if (i >= 0)
            {
                asked.Add(answer);
            }
        }

        return asked;
    }

    private static string PathOf(int logger) => $"loggers/{LongHistory.Serial(logger)}/readings";

    private static string[] Row(string name, List<Transfer> transfers) =>
    [
        name, Median(transfers.Select(t => t.Rate)).ToString("#,0", CultureInfo.InvariantCulture),
        (transfers[0].Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
    ];

    private static double Ratio(List<Transfer> these, List<Transfer> those) => Median(these.Zip(those, (a, b) => a.Rate / b.Rate));

    private static double MedianMs(IEnumerable<Transfer> transfers) => Median(transfers.Select(t => t.Took.TotalMilliseconds));

    private static double Kilobytes(List<Transfer> transfers) => transfers.Max(t => t.Bytes) / 1e3;

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Ms(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
