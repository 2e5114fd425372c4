using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Efento.Portal.Benchmarks.Filling;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;
using Efento.Portal.Benchmarks.Throughput;

namespace Efento.Portal.Benchmarks.Rules;

/// <summary>
/// How long the portal takes to start, and how much memory it has, with a rule of its own for each series of the fleet, against the same
/// portal without rules.
/// </summary>
internal sealed class RulesBenchmark(string directory, int port, TextWriter output)
{
    private const double MostSeconds = 5;
    private const double LoadSeconds = 10;

    private static readonly string[] Types = ["temperature", "humidity"];

    private readonly Claims _claims = new(output);

    /// <summary>Runs and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(directory));
        var rules = Document(LoadOptions.FleetLoggers);
        var without = await MeasureAsync("without", RuleFiles.None, stopping);
        var with = await MeasureAsync("with", rules, stopping);
        output.WriteLine();
        Table.Print(
            output,
            [$"{Types.Length * LoadOptions.FleetLoggers:#,0} series", "first start s", "later start s", "memory MB", "after load MB"],
            [Row("no rules", without), Row("a rule on each", with)]);
        _claims.AtMost("start with a rule on each series", with.Start.TotalSeconds, MostSeconds, "s");
        _claims.AtMost("answers other than 201", with.NotStored, 0);
        _claims.Print();
        return _claims.AllHold;
    }

    private async Task<Measured> MeasureAsync(string name, string rules, CancellationToken stopping)
    {
        var data = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
        await FilledDatabase.FillAsync(data, 0, stopping);
        var file = await RuleFiles.WriteAsync(data, rules, stopping);
        var first = Stopwatch.StartNew();
        using (await ServerProcess.StartPortalAsync(port, data, file))
        {
            first.Stop();
        }

        var later = Stopwatch.StartNew();
        using var server = await ServerProcess.StartPortalAsync(port, data, file);
        later.Stop();
        var memory = server.Megabytes;
        var load = await LoadProcess.RunAsync(
            new LoadOptions
            {
                Port = port,
                Token = ServerProcess.Token,
                StartUtc = FilledDatabase.EndUtc,
                WarmUpSeconds = 0,
                Seconds = LoadSeconds,
            },
            stopping);
        return new(first.Elapsed, later.Elapsed, memory, server.Megabytes, load.Unavailable + load.Unexpected);
    }

    private static string Document(int loggers) => JsonSerializer.Serialize(new
    {
        rules =
            from logger in Enumerable.Range(0, loggers)
            from type in Types.Index()
            select new
            {
                key = $"{type.Item}-{logger}",
                place = new { logger = FleetMessage.Serial(logger), channel = type.Index + 1 },
                kind = "limits",
                type = type.Item,
                critical = new { low = 5, high = 90, delay = "15m" },
            },
    });

    private static string[] Row(string name, Measured its) =>
    [
        name,
        .. new[] { its.First.TotalSeconds, its.Start.TotalSeconds, its.Memory, its.MemoryAfter }
            .Select(figure => figure.ToString(figure < 100 ? "0.0" : "0", CultureInfo.InvariantCulture)),
    ];

    private readonly record struct Measured(TimeSpan First, TimeSpan Start, double Memory, double MemoryAfter, long NotStored);
}
