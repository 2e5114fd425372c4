using System.CommandLine;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Arrivals;
using Efento.Portal.Backup;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Notifications;
using Efento.Portal.Outgoing;

namespace Efento.Portal.CommandLine;

/// <summary>Has a request carried out: by the portal that runs on the data directory, or else in this process.</summary>
internal static class ControlCommand
{
    /// <summary>How long to wait for a portal that is starting or ending, or for another command.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(2);

    /// <summary>How much longer than the portal a command waits for the answer.</summary>
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Has the request carried out, and prints the result.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(ParseResult parsed, ControlRequest request, CancellationToken cancellationToken) =>
        Outcome.OfAsync(parsed.InvocationConfiguration, async () =>
        {
            await using var app = Build(DataDirectoryOption.SettingsOf(parsed));
            var reply = await DoAsync(app.Services, request, cancellationToken);
            Array.ForEach(reply.Output, parsed.InvocationConfiguration.Output.WriteLine);
            Array.ForEach(reply.Notes, parsed.InvocationConfiguration.Error.WriteLine);
            return reply.ExitCode;
        });

    internal static WebApplication Build(string[] settings)
    {
        var builder = PortalHost.CreateBuilder(settings);
        builder.Logging.ClearProviders();
        builder.AddPortalConfiguration();
        builder.AddData();
        builder.AddAccess();
        builder.AddLive();
        builder.AddClock();
        builder.AddDevices();
        builder.AddMaintenance();
        builder.AddRules();
        builder.AddNotificationDocuments();
        builder.AddArrivalCursors();
        builder.AddOutgoingFeeds();
        builder.AddBackups();
        builder.AddControlPanel();
        builder.CheckSettings();
        return builder.Build();
    }

    private static Task<ControlReply> DoAsync(IServiceProvider services, ControlRequest request, CancellationToken cancellationToken) =>
        DoAsync(services, request, () => DoHereAsync(services, request, cancellationToken), cancellationToken);

    /// <summary>Has the running portal carry out a request, or does it here if none runs. The directory is locked then.</summary>
    internal static async Task<ControlReply> DoAsync(
        IServiceProvider services, ControlRequest request, Func<Task<ControlReply>> hereAsync, CancellationToken cancellationToken)
    {
        var directory = services.GetRequiredService<DataDirectory>();
        var time = services.GetRequiredService<TimeProvider>();
        var start = time.GetTimestamp();
        do
        {
            if (await AskAsync(directory, request, cancellationToken) is { } reply)
            {
                return reply;
            }

            if (!request.MayBeginDatabase && !services.GetRequiredService<IDatabase>().Exists)
            {
                return ControlReply.Failed($"There is no portal's data in {directory.Path}; name its place with --data-directory.");
            }

            if (directory.TryLock())
            {
                return await hereAsync();
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
        while (time.GetElapsedTime(start) < Patience);

        return ControlReply.Failed(
            $"The data directory {directory.Path} is in use, but what uses it does not answer; nothing was changed.");
    }

    /// <summary>Sends the request to the running portal. Null if none listens; then nothing was changed.</summary>
    private static async Task<ControlReply?> AskAsync(DataDirectory directory, ControlRequest request, CancellationToken cancellationToken)
    {
        await using var stream = await ControlSocket.ConnectAsync(directory, cancellationToken);
        if (stream is null || !await IsGreetedAsync(stream, cancellationToken))
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(request.Patience + ReplyLimit);
        try
        {
            await ControlSocket.WriteAsync(stream, request, limit.Token);
            return await ControlSocket.ReadAsync<ControlReply>(stream, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ControlReply.Failed("The portal took the request but did not answer; look whether it was done before you ask again.");
        }
    }

    private static async Task<bool> IsGreetedAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(GreetingLimit);
        try
        {
            await ControlSocket.ReadAsync<ControlGreeting>(stream, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<ControlReply> DoHereAsync(
        IServiceProvider services, ControlRequest request, CancellationToken cancellationToken)
    {
        await services.StartDataAsync();
        await services.StartHoldAsync();
        await services.StartClockAsync();
        await services.StartMaintenanceAsync();
        if (request is ExportRules or ImportRules)
        {
            await services.StartRulesAsync();
        }

        var reply = await services.GetRequiredService<ControlPanel>().DoAsync(request, cancellationToken);
        return reply with { Notes = [.. reply.Notes, UsedDirectly(services)] };
    }

    /// <summary>What a command notes that found no running portal.</summary>
    internal static string UsedDirectly(IServiceProvider services) =>
        $"No portal runs on {services.GetRequiredService<DataDirectory>().Path}; its data was used directly.";
}
