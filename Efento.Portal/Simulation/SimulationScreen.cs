using System.Globalization;
using Efento.Portal.CommandLine;
using Spectre.Console;

namespace Efento.Portal.Simulation;

/// <summary>
/// Shows a simulation while it runs: a live table on a terminal, elsewhere a plain line every five seconds. At the end it shows the
/// summary.
/// </summary>
/// <param name="output">Where to write.</param>
/// <param name="time">The clock for refreshing.</param>
internal sealed class SimulationScreen(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    /// <summary>Shows the run until it ends and returns its summary.</summary>
    public async Task<SimulationSummary> ShowAsync(SimulationRun run, CancellationToken stopping)
    {
        var running = run.RunAsync(stopping);
        var summary = _console.Profile.Out.IsTerminal ? await ShowTableAsync(run, running) : await WriteLinesAsync(run, running);
        foreach (var line in SimulationReport.Lines(summary, run.Tally.Violations))
        {
            output.WriteLine(line);
        }

        return summary;
    }

    private Task<SimulationSummary> ShowTableAsync(SimulationRun run, Task<SimulationSummary> running) =>
        _console.Live(Table(run.Summarise())).AutoClear(true).StartAsync(async live =>
        {
            await EachTickAsync(RefreshEvery, running, () =>
            {
                live.UpdateTarget(Table(run.Summarise()));
                live.Refresh();
            });
            return await running;
        });

    private async Task<SimulationSummary> WriteLinesAsync(SimulationRun run, Task<SimulationSummary> running)
    {
        await EachTickAsync(LineEvery, running, () => output.WriteLine(SimulationReport.Line(run.Summarise())));
        return await running;
    }

    private async Task EachTickAsync(TimeSpan every, Task running, Action tick)
    {
        while (await Task.WhenAny(running, Task.Delay(every, time)) != running)
        {
            tick();
        }
    }

    private static Table Table(SimulationSummary summary)
    {
        var table = new Table().RoundedBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in SimulationReport.Rows(summary))
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        return table.Title(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{DurationText.Format(TimeSpan.FromSeconds(Math.Floor(summary.Elapsed.TotalSeconds)))}, Ctrl+C stops"));
    }
}
