using Efento.Portal.Configuration;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;

namespace Efento.Portal.Outgoing;

/// <summary>Sends what a feed sends, one batch after the other, for as long as the portal runs.</summary>
internal sealed partial class FeedTask(
    OutgoingFeed feed, OutgoingReader reader, FeedPoints points, OutgoingSender sender, OutgoingMeter meter, LiveFeed live,
    TimeProvider time, LogLimiter limiter, ILogger log)
{
    /// <summary>How long readings are gathered at most. The first ones after a pause are sent at once.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);

    private OutgoingBatch? _batch;
    private int _resets;
    private long _savedAt;

    /// <summary>Sends until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(await StepAsync(stopping), stopping);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                // The database can't be read at present.
                await feed.WasReset.WaitAsync(BackOffAfter(fault.Message, fault), stopping);
            }
        }
    }

    private Task WaitAsync(Pause pause, CancellationToken stopping) => pause switch
    {
        { UntilStored: true } => feed.Stored.WaitAsync(stopping),
        { Length: var length } when length <= TimeSpan.Zero => Task.CompletedTask,
        { Length: var length } => feed.WasReset.WaitAsync(length, stopping),
    };

    private async Task<Pause> StepAsync(CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        var (position, resets) = feed.Now;
        var (locationId, fault) = points.LocationOf(feed);
        if (fault is not null)
        {
            return new Pause(BackOffAfter(fault));
        }

        if (_resets != resets || _batch is null)
        {
            (_batch, _resets) = (await reader.NextAsync(position, locationId, stopping), resets);
        }

        if (_batch is not { } batch)
        {
            feed.FallBehind(resets);
            LogLost(log, feed.Key);
            return default;
        }

        if (batch.Readings.Count > 0 && await FaultOfSendingAsync(batch, stopping) is { } wait)
        {
            return new Pause(wait);
        }

        if (feed.Sent() > 0)
        {
            LogSendsAgain(log, feed.Key);
        }

        _batch = null;
        feed.MoveTo(batch.Next, resets);
        await SaveAsync(batch, stopping);
        if (batch.Readings.Count > 0)
        {
            live.Publish(new LiveKey(LiveTopic.Feed));
        }

        return batch.MayHaveMore ? default
            : batch.Next == batch.From ? new Pause(TimeSpan.Zero, UntilStored: true)
            : new Pause(Gather - time.GetElapsedTime(began));
    }

    /// <returns>How long to wait until the next attempt; null if the receiver has the batch.</returns>
    private async Task<TimeSpan?> FaultOfSendingAsync(OutgoingBatch batch, CancellationToken stopping)
    {
        var result = await sender.SendAsync(feed, batch, stopping);
        if (result.Outcome is not SendOutcome.Accepted)
        {
            return BackOffAfter(result.Answer);
        }

        feed.Taken(result.Answer);
        return null;
    }

    /// <summary>
    /// After each answer, but once a second while there is more to send: a write for each of many batches would take the disk from ingest.
    /// </summary>
    private async Task SaveAsync(OutgoingBatch batch, CancellationToken stopping)
    {
        if (batch.Readings.Count == 0 || (batch.MayHaveMore && time.GetElapsedTime(_savedAt) < Gather))
        {
            return;
        }

        _savedAt = time.GetTimestamp();
        try
        {
            await feed.SaveAsync(stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // The portal saves the positions of all consumers every few seconds, this one as well.
            LogUnsaved(log, feed.Key, fault);
        }
    }

    private TimeSpan BackOffAfter(string answer, Exception? fault = null)
    {
        var attempts = feed.Failed(answer);
        meter.Failed(feed.Key);
        live.Publish(new LiveKey(LiveTopic.Feed));
        var wait = BackOff.After(attempts, Random.Shared.NextDouble());
        if (limiter.IsDue($"{nameof(FeedTask)} {feed.Key}"))
        {
            LogFailed(log, feed.Key, (int)wait.TotalSeconds, answer, fault);
        }

        return wait;
    }

    /// <summary>How long to wait before the next step.</summary>
    /// <param name="Length">How long, at most.</param>
    /// <param name="UntilStored">Until something is stored.</param>
    private readonly record struct Pause(TimeSpan Length, bool UntilStored = false);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed \"{Feed}\" could not send and tries again in {Seconds} s: {Answer}")]
    private static partial void LogFailed(ILogger log, string feed, int seconds, string answer, Exception? fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The feed \"{Feed}\" sends again")]
    private static partial void LogSendsAgain(ILogger log, string feed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The feed \"{Feed}\" goes on with the oldest message in the ledger, which does not hold any more what the feed had not sent")]
    private static partial void LogLost(ILogger log, string feed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The position of the feed \"{Feed}\" could not be saved. After a crash it sends readings again")]
    private static partial void LogUnsaved(ILogger log, string feed, Exception fault);
}
