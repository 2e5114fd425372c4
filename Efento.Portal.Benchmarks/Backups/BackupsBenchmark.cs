using System.Diagnostics;
using System.Globalization;
using Efento.Portal.Benchmarks.Filling;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Backups;

/// <summary>
/// How long gateways wait for their answers while a backup is made, from the copy to its check, against the same portal without one. They
/// deliver at a fixed rate, and rounds with and without a backup follow each other.
/// </summary>
internal sealed class BackupsBenchmark(string directory, int port, TextWriter output)
{
    private const int Rounds = 3;
    private const double Rate = 500;
    private const double Seconds = 12;
    private const double MostTimes = 3;

    private readonly Claims _claims = new(output);
    private DateTime _startUtc = FilledDatabase.EndUtc;

    /// <summary>Runs and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(long rows, CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(directory));
        var (data, backups) = (Make("data"), Make("backups"));
        await FilledDatabase.FillAsync(data, rows, stopping);
        using var server = await ServerProcess.StartPortalAsync(port, data);
        List<(string Name, LoadResult Load, int Made)> all = [];
        for (var round = 0; round < Rounds; round++)
        {
            all.Add(("without", await LoadAsync(stopping), 0));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var backing = BackUpAsync(data, backups, end.Token);
            var load = await LoadAsync(stopping);
            await end.CancelAsync();
            all.Add(("with", load, await backing));
        }

        Print(all);
        var (without, with) = (Median(all, "without"), Median(all, "with"));
        _claims.AtMost("p99 of ingest during backups, times that without", with / without, MostTimes);
        _claims.AtMost("answers other than 201", all.Sum(run => run.Load.Unavailable + run.Load.Unexpected), 0);
        _claims.AtLeast("backups that were made meanwhile", all.Sum(run => run.Made), Rounds);
        _claims.Print();
        return _claims.AllHold;
    }

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(directory, name)).FullName;

    private async Task<LoadResult> LoadAsync(CancellationToken stopping)
    {
        var load = await LoadProcess.RunAsync(
            new LoadOptions
            {
                Port = port,
                Token = ServerProcess.Token,
                StartUtc = _startUtc,
                WarmUpSeconds = 2,
                Seconds = Seconds,
                Rate = Rate,
            },
            stopping);
        _startUtc += load.Cycles * FleetMessage.Interval;
        return load;
    }

    /// <summary>Makes one backup after the other, as a person does: with the command.</summary>
    /// <returns>How many were made.</returns>
    private static async Task<int> BackUpAsync(string data, string backups, CancellationToken end)
    {
        for (var made = 0; ; made++)
        {
            if (end.IsCancellationRequested)
            {
                return made;
            }

            var start = SelfCommand.Program(typeof(global::Program).Assembly);
            foreach (var argument in (string[])["backup", "--to", Path.Combine(backups, "backup"), "--data-directory", data])
            {
                start.ArgumentList.Add(argument);
            }

            start.RedirectStandardOutput = start.RedirectStandardError = true;
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"The backup failed: {errors}");
            }
        }
    }

    private void Print(List<(string Name, LoadResult Load, int Made)> all) => Table.Print(
        output, ["backup", "requests", "p50 ms", "p99 ms", "max ms", "made"],
        all.Select(run => (string[])
            [
                run.Name, Text(run.Load.Requests), Text(run.Load.P50Ms), Text(run.Load.P99Ms), Text(run.Load.MaxMs), Text(run.Made),
            ]));

    private static string Text(double figure) => figure.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static double Median(List<(string Name, LoadResult Load, int Made)> all, string name) =>
        all.Where(run => run.Name == name).Select(run => run.Load.P99Ms).Order().ElementAt(Rounds / 2);
}
