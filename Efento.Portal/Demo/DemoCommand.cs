using System.CommandLine;
using System.Globalization;
using Efento.Portal.CommandLine;
using Efento.Portal.Configuration;
using Efento.Portal.Simulation.Scenes;

namespace Efento.Portal.Demo;

/// <summary>The command <c>demo</c>: the portal with a site in miniature, thrown away at the end.</summary>
internal static class DemoCommand
{
    private const string DataDirectory = "Portal:DataDirectory";

    /// <summary>The command; what the command line library does not know is the host's.</summary>
    public static Command Create()
    {
        var command = new Command(
            "demo",
            $"""
            Shows the portal: three virtual gateways with about twenty loggers deliver thirty days of measurements over HTTP, as real ones do, and go on measuring. Within a minute it serves at {PortalHost.DefaultUrl}, until Ctrl+C; then its data is thrown away.

            Whoever opens it is signed in as administrator. Therefore it listens on this machine alone, answers by the names localhost, 127.0.0.1 and [::1] alone, and takes no data directory with anything in it. It takes the settings of the portal, such as --urls http://localhost:5090.

            Exit codes: 0 ended when asked to; 1 it could not be done; 2 wrong arguments or settings.
            """)
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        DataDirectoryOption.AddTo(command);
        command.SetAction((parsed, _) => Outcome.OfAsync(parsed.InvocationConfiguration, () => RunAsync(
            [.. DataDirectoryOption.SettingsOf(parsed), .. parsed.UnmatchedTokens], parsed.InvocationConfiguration)));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, InvocationConfiguration console)
    {
        if (ServeCommand.StrayWord(settings) is { } word)
        {
            console.Error.WriteLine($"\"{word}\" is no option of the demo; see demo --help.");
            return ExitCodes.WrongUsage;
        }

        var time = TimeProvider.System;
        var begun = time.GetTimestamp();
        var scene = HospitalOfficeMuseum.Until(time.GetUtcNow());
        var clock = new DemoClock(time, scene.BeginUtc);

        // Of this command line alone: what settings files say of the directory is said of a real portal's.
        var wanted = new ConfigurationBuilder().AddCommandLine(settings).Build()[DataDirectory];
        using var directory = wanted is null ? DemoDirectory.Make() : DemoDirectory.MakeAt(wanted);
        try
        {
            await using var app = await Program.StartAsync([.. settings, $"--{DataDirectory}={directory.Path}"], builder => builder.AddDemo(clock));
            console.Output.WriteLine("Thirty days of measurements are being delivered …");
            var stopping = app.Lifetime.ApplicationStopping;
            var run = app.Services.GetRequiredService<DemoRun>();
            if (await DeliverAsync(run, scene, new Uri(app.Urls.First()), stopping))
            {
                console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The demo is ready after {time.GetElapsedTime(begun).TotalSeconds:0} s: {app.Urls.First()}"));
                console.Output.WriteLine("Whoever opens it on this machine is administrator. Ctrl+C ends it and throws its data away.");
                await run.GoOnAsync(stopping);
            }

            await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException)
        {
            // It was asked to end while it started.
        }

        return ExitCodes.Success;
    }

    /// <summary>False if it was asked to end before it was ready.</summary>
    private static async Task<bool> DeliverAsync(DemoRun run, Scene scene, Uri server, CancellationToken stopping)
    {
        try
        {
            await run.DeliverAsync(scene, server, stopping);
            return true;
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
