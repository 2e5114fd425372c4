using System.CommandLine;
using System.Globalization;
using Efento.Portal.CommandLine;
using Efento.Portal.Configuration;
using Efento.Portal.Simulation.Scenarios;
using Efento.Portal.Texts;

namespace Efento.Portal.Demo;

/// <summary>The command <c>demo</c>: the portal with a small simulated site. Its data is deleted at the end.</summary>
internal static class DemoCommand
{
    private const string DataDirectory = "Portal:DataDirectory";

    /// <summary>Makes the command. Arguments that the command line library does not know go to the host.</summary>
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
        var language = new Option<string>("--language")
        {
            Description = "The language of the site, its pages and its names. The default is the machine's, or else English.",
            DefaultValueFactory = _ => Languages.Current.Code,
        };
        language.AcceptOnlyFromAmong([.. Languages.All.Select(l => l.Code)]);
        command.Options.Add(language);
        command.SetAction((parsed, _) => Outcome.OfAsync(parsed.InvocationConfiguration, () => RunAsync(
            parsed.GetRequiredValue(language),
            [.. DataDirectoryOption.SettingsOf(parsed), .. parsed.UnmatchedTokens],
            parsed.InvocationConfiguration)));
        return command;
    }

    private static async Task<int> RunAsync(string language, string[] settings, InvocationConfiguration console)
    {
        if (ServeCommand.StrayWord(settings) is { } word)
        {
            console.Error.WriteLine($"\"{word}\" is no option of the demo; see demo --help.");
            return ExitCodes.WrongUsage;
        }

        var time = TimeProvider.System;
        var begun = time.GetTimestamp();
        var site = DemoSite.Of(language);
        var scenario = site.Make(time.GetUtcNow());
        var clock = new DemoClock(time, scenario.BeginUtc);

        // Only the command line counts: a directory in settings files is that of a real portal.
        var wanted = new ConfigurationBuilder().AddCommandLine(settings).Build()[DataDirectory];
        using var directory = wanted is null ? DemoDirectory.Make() : DemoDirectory.MakeAt(wanted);
        try
        {
            await using var app = await Program.StartAsync(
                [.. settings, $"--{DataDirectory}={directory.Path}"], builder => builder.AddDemo(clock, site));
            console.Output.WriteLine("Thirty days of measurements are being delivered …");
            var stopping = app.Lifetime.ApplicationStopping;
            var run = app.Services.GetRequiredService<DemoRun>();
            if (await DeliverAsync(run, scenario, new Uri(app.Urls.First()), stopping))
            {
                console.Output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The demo is ready after {time.GetElapsedTime(begun).TotalSeconds:0} s: {app.Urls.First()}"));
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

    /// <summary>Delivers the past; false if the demo was asked to end before it was ready.</summary>
    private static async Task<bool> DeliverAsync(DemoRun run, Scenario scenario, Uri server, CancellationToken stopping)
    {
        try
        {
            await run.DeliverAsync(scenario, server, stopping);
            return true;
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
