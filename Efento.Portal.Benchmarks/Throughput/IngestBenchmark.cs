using System.Diagnostics;
using System.Globalization;
using Efento.Portal.Benchmarks.Filling;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>
/// How fast messages are taken in: the portal against a ceiling and against EF Core, on one machine in one go. Contenders run by turns, so
/// that a machine that is slower for a while is slower for all; ratios of medians are what counts.
/// </summary>
internal sealed class IngestBenchmark(ThroughputOptions options, TextWriter output)
{
    private const double OpenLoopShare = 0.7;
    private const double WarmUpSeconds = 6;
    private const int BacklogMessages = 3;
    // What durable storing may add to a request that is answered from memory.
    private const double MostTimesP99 = 6;
    private const double MostTimesOpenP99 = 6;
    private const double MostTimesBacklog = 14;
    private const double LeastWithRules = 0.95;
    private const long SpareBytes = 2_000_000_000;

    private readonly Claims _claims = new(output);

    /// <summary>Runs everything; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        if (Machine.FreeBytes(options.Directory) < FilledDatabase.BytesFor(options.Rows) + SpareBytes)
        {
            throw new InvalidOperationException($"Too little room on the disk of {options.Directory}; use --directory or fewer --rows.");
        }

        output.WriteLine(Machine.Describe(options.Directory));
        output.WriteLine(
            $"{LoadOptions.Connections} connections, {LoadOptions.FleetLoggers:#,0} loggers, {FleetMessage.Loggers} loggers and {FleetMessage.Values} values a message, {options.Rounds} rounds of {options.Seconds} s by turns, medians of the rounds");
        output.WriteLine();
        var ceilingPerSecond = await CompareAsync(stopping);
        await CompareRulesAsync(stopping);
        await TakeBacklogAsync(ceilingPerSecond, stopping);
        if (options.Rows > 0)
        {
            await CompareFullWithEmptyAsync(stopping);
        }

        _claims.Print();
        return _claims.AllHold;
    }

    /// <returns>How many messages a second the ceiling takes: the measure of the machine.</returns>
    private async Task<double> CompareAsync(CancellationToken stopping)
    {
        using var ceiling = new Contender("a  ceiling", await ServerProcess.StartOwnAsync(options.Port, "serve-ceiling"));
        using var portal = new Contender("b  portal", await ServerProcess.StartPortalAsync(options.Port + 1, NewDirectory("portal")));
        using var efCore = new Contender(
            "c  EF Core", await ServerProcess.StartOwnAsync(options.Port + 2, "serve-efcore", "--directory", NewDirectory("efcore")));
        await TakeTurnsAsync([ceiling, portal, efCore], stopping, [ceiling, portal]);
        _claims.AtLeast("portal / ceiling (aim 0.35)", portal.Times(ceiling), 0.30);
        _claims.AtLeast("portal / EF Core", portal.Times(efCore), 8);
        _claims.AtMost("p99, closed loop, portal / ceiling", portal.Times(ceiling, r => r.Load.P99Ms), MostTimesP99);
        _claims.AtMost(
            $"p99, open loop at {OpenLoopShare:0%} of its maximum, portal / ceiling",
            portal.OpenTimes(ceiling, r => r.Load.P99Ms), MostTimesOpenP99);
        _claims.AtMost("portal, answers other than 201", portal.NotStored, 0);
        _claims.AtMost("portal, peak memory", portal.Server.PeakMegabytes, 350, "MB");
        return ceiling.Median(r => r.Load.PerSecond);
    }

    private async Task CompareRulesAsync(CancellationToken stopping)
    {
        using var without = new Contender("b  no rules", await StartAsync(options.Port, "unjudged", RuleFiles.None, stopping));
        using var with = new Contender(
            "b  rules on every series", await StartAsync(options.Port + 1, "judged", RuleFiles.OnEverySeries, stopping));
        await TakeTurnsAsync([without, with], stopping);
        _claims.AtLeast("portal with a rule on every series / without rules", with.Times(without), LeastWithRules);
        _claims.AtMost("portal with rules, answers other than 201", with.NotStored, 0);
        _claims.AtMost("portal with rules, peak memory", with.Server.PeakMegabytes, 350, "MB");
    }

    private async Task<ServerProcess> StartAsync(int port, string name, string rules, CancellationToken stopping)
    {
        var directory = NewDirectory(name);
        return await ServerProcess.StartPortalAsync(port, directory, await RuleFiles.WriteAsync(directory, rules, stopping));
    }

    private async Task TakeBacklogAsync(double ceilingPerSecond, CancellationToken stopping)
    {
        using var portal = await ServerProcess.StartPortalAsync(options.Port, NewDirectory("backlog"));
        var slowest = await Backlog.PostAsync(portal.Port, BacklogMessages, stopping);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"{BacklogMessages} backlogs took {portal.Cpu.TotalSeconds:0.0} s of CPU, start included"));
        output.WriteLine();
        var reference = Backlog.Records / FleetMessage.Loggers / ceilingPerSecond;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"slowest backlog {slowest.TotalSeconds:0.0} s; the ceiling takes as many records in small messages in {reference:0.00} s"));
        output.WriteLine();
        _claims.AtMost(
            $"a backlog of {Backlog.Records:#,0} records in one message, slowest of {BacklogMessages} / the ceiling with small messages",
            slowest.TotalSeconds / reference, MostTimesBacklog);
        _claims.AtMost("portal, peak memory with that backlog", portal.PeakMegabytes, 400, "MB");
    }

    private async Task CompareFullWithEmptyAsync(CancellationToken stopping)
    {
        var directory = NewDirectory("full");
        var written = await FillAsync(directory, stopping);
        using var empty = new Contender("b  portal, empty", await ServerProcess.StartPortalAsync(options.Port, NewDirectory("empty")));
        using var full = new Contender("b  portal, full", await ServerProcess.StartPortalAsync(options.Port + 1, directory));
        await TakeTurnsAsync([empty, full], stopping);
        _claims.AtLeast($"portal on {written:#,0} stored readings / empty", full.Times(empty), 0.85);
        _claims.AtMost("p99, closed loop, on them / empty", full.Times(empty, r => r.Load.P99Ms), 2);
        _claims.AtMost("portal on them, answers other than 201", full.NotStored, 0);
        _claims.AtMost("portal on them, peak memory", full.Server.PeakMegabytes, 350, "MB");
    }

    private async Task<long> FillAsync(string directory, CancellationToken stopping)
    {
        var watch = Stopwatch.StartNew();
        var written = await FilledDatabase.FillAsync(directory, options.Rows, stopping);
        output.WriteLine($"filled with {written:#,0} readings in {watch.Elapsed.TotalSeconds:0} s");
        output.WriteLine();
        return written;
    }

    private async Task TakeTurnsAsync(Contender[] contenders, CancellationToken stopping, params Contender[] openLoops)
    {
        foreach (var contender in contenders)
        {
            await contender.WarmUpAsync(WarmUpSeconds, stopping);
        }

        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                await contender.RunAsync(options.Seconds, stopping);
                if (openLoops.Contains(contender))
                {
                    await contender.RunOpenAsync(options.Seconds, OpenLoopShare, stopping);
                }
            }

            PrintRuns($"round {round}", contenders.Select(c => (c.Name, c.Runs[^1])));
            if (openLoops is not [])
            {
                PrintRuns(
                    $"open loop at {OpenLoopShare:0%} of it, latency from the time a request was due",
                    openLoops.Select(c => (c.Name, c.OpenRuns[^1])));
            }
        }
    }

    private void PrintRuns(string title, IEnumerable<(string Name, Contender.Run Run)> runs) => Table.Print(
        output,
        [title, "req/s", "values/s", "p50 ms", "p99 ms", "max ms", "503", "other", "server µs CPU/req", "generator s CPU"],
        runs.Select(r => (string[])
        [
            r.Name,
            Text(r.Run.Load.PerSecond, "#,0"),
            Text(r.Run.Load.PerSecond * FleetMessage.Values, "#,0"),
            Text(r.Run.Load.P50Ms, "0.00"),
            Text(r.Run.Load.P99Ms, "0.00"),
            Text(r.Run.Load.MaxMs, "0.0"),
            Text(r.Run.Load.Unavailable, "0"),
            Text(r.Run.Load.Unexpected, "0"),
            Text(r.Run.CpuMicroseconds, "0.0"),
            Text(r.Run.Load.GeneratorCpuSeconds, "0.0"),
        ]));

    private string NewDirectory(string name) => Directory.CreateDirectory(Path.Combine(options.Directory, name)).FullName;

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
