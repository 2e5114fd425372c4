using System.CommandLine;
using Efento.Portal.CommandLine;

namespace Efento.Portal.Simulation;

/// <summary>The command <c>simulate</c>: virtual gateways that send to any address.</summary>
internal static class SimulateCommand
{
    /// <summary>The command with its options; it exits with <see cref="ExitCodes"/>.</summary>
    public static Command Create()
    {
        var arguments = new SimulateArguments();
        var command = new Command(
            "simulate",
            """
            Virtual gateways that send measurements and heartbeats over HTTP, as real ones do: the same message again until it is answered 201, a pause of 5 minutes after a 503.

            Serials and values depend on --seed and the time alone. Simulated time runs --speed times as fast and meets real time when --duration is over; pauses and intervals are simulated time.

            Exit codes: 0 everything was answered 201; 1 something was left unanswered or a reply broke the protocol; 2 wrong arguments.
            """);
        arguments.AddTo(command);
        command.SetAction((parsed, stopping) => RunAsync(arguments.Read(parsed), parsed.InvocationConfiguration, stopping));
        return command;
    }

    private static async Task<int> RunAsync(SimulationOptions options, InvocationConfiguration console, CancellationToken stopping)
    {
        if (SimulateArguments.Faults(options).ToList() is { Count: > 0 } faults)
        {
            faults.ForEach(console.Error.WriteLine);
            return ExitCodes.WrongUsage;
        }

        using var run = new SimulationRun(options, TimeProvider.System);
        var summary = await new SimulationScreen(console.Output, TimeProvider.System).ShowAsync(run, stopping);
        return summary.IsClean ? ExitCodes.Success : ExitCodes.Failure;
    }
}
