using System.Collections.Concurrent;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Configuration;

namespace Efento.Portal.Notifications.Sending;

/// <summary>
/// Sends what is due, at least once. Each channel has a lane of its own, so that a server that hangs delays no other channel.
/// </summary>
internal sealed partial class Dispatcher(
    DeliveryQueue queue, DeliverySender sender, DispatcherBell bell, SendHold hold, TimeProvider time, LogLimiter limiter,
    ILogger<Dispatcher> log)
    : BackgroundService
{
    /// <summary>The most messages of a channel that are sent at the same time, and so the most connections to its server.</summary>
    public const int MostAtOnce = 4;

    /// <summary>The clock may be set while the dispatcher waits for a time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>How long the portal's stop waits for what is being sent. The rest is sent after the next start.</summary>
    private static readonly TimeSpan MostAtTheEnd = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);
    private readonly List<Task> _lanes = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var cut = new CancellationTokenSource();
        try
        {
            await hold.WaitAsync(stoppingToken);
            await RunAsync(stoppingToken, cut.Token);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStops(log, _busy.Count);
        }

        cut.CancelAfter(MostAtTheEnd);
        await Task.WhenAll(_lanes);
    }

    private async Task RunAsync(CancellationToken stopping, CancellationToken cut)
    {
        var isRecovered = false;
        while (true)
        {
            TimeSpan? wait;
            try
            {
                if (!isRecovered)
                {
                    await queue.RecoverAsync(stopping);
                    isRecovered = true;
                }

                wait = await LookAsync(stopping, cut);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Report(fault);
                wait = AfterFault;
            }

            await bell.WaitAsync(wait, stopping);
        }
    }

    /// <summary>Starts the lanes for which something is due.</summary>
    /// <returns>How long until something else is due; null if nothing waits.</returns>
    private async Task<TimeSpan?> LookAsync(CancellationToken stopping, CancellationToken cut)
    {
        await queue.GiveUpAsync(stopping);
        var (channels, nextUtc) = await queue.DueAsync(stopping);
        _lanes.RemoveAll(lane => lane.IsCompleted);
        foreach (var channel in channels.Where(c => _busy.TryAdd(c, true)))
        {
            _lanes.Add(Task.Run(() => RunLaneAsync(channel, stopping, cut), CancellationToken.None));
        }

        var wait = nextUtc - time.GetUtcNow();
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }

    private async Task RunLaneAsync(string channel, CancellationToken stopping, CancellationToken cut)
    {
        try
        {
            while (!stopping.IsCancellationRequested
                && await queue.ClaimAsync(channel, MostAtOnce, stopping) is { Count: > 0 } claimed)
            {
                await Task.WhenAll(claimed.Select(message => sender.SendAsync(message, cut)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogLeft(log, channel);
        }
        catch (Exception fault)
        {
            Report(fault);
            await Task.Delay(AfterFault, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _busy.TryRemove(channel, out _);
            bell.Ring();
        }
    }

    private void Report(Exception fault)
    {
        if (limiter.IsDue(nameof(Dispatcher)))
        {
            LogFailed(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifications could not be sent; they are tried again in a few seconds")]
    private static partial void LogFailed(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The dispatcher of notifications stops; lanes that are still sending: {Lanes}")]
    private static partial void LogStops(ILogger log, int lanes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notifications of the channel {Channel} are left for the next start")]
    private static partial void LogLeft(ILogger log, string channel);
}
