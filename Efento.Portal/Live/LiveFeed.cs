using System.Collections.Concurrent;
using Efento.Portal.Configuration;

namespace Efento.Portal.Live;

/// <summary>What a signal is about.</summary>
public enum LiveTopic : byte
{
    /// <summary>A logger: its readings, latest values or state.</summary>
    Logger,

    /// <summary>A gateway: its heartbeat, messages or state.</summary>
    Gateway,

    /// <summary>The list of loggers or gateways itself: one was added or changed.</summary>
    Inventory,

    /// <summary>The maintenance mode.</summary>
    Maintenance,

    /// <summary>Who is refused for a missing or wrong token.</summary>
    Refusal,

    /// <summary>What is in quarantine.</summary>
    Quarantine,

    /// <summary>A gateway token: a message came with it.</summary>
    Token,
}

/// <summary>What changed.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Id">Which one; 0 stands for all of them: who subscribes to it hears of every one.</param>
public readonly record struct LiveKey(LiveTopic Topic, int Id = 0);

/// <summary>
/// Tells who subscribed that something changed, after it was committed: keys only, no data, so a slow listener can't build up a queue.
/// </summary>
public sealed partial class LiveFeed(TimeProvider time, LogLimiter limiter, ILogger<LiveFeed> logger)
{
    private readonly TimeProvider _time = time;
    private readonly ConcurrentDictionary<LiveKey, Subscription[]> _subscriptions = new();

    /// <summary>
    /// Calls <paramref name="changed"/> when one of the keys was published: at once, then at most once every <paramref name="throttle"/>,
    /// the last change never lost. Calls don't overlap. Dispose the result to end it.
    /// </summary>
    public IDisposable Subscribe(IReadOnlyCollection<LiveKey> keys, TimeSpan throttle, Func<Task> changed)
    {
        var subscription = new Subscription(this, [.. keys], throttle, changed);
        foreach (var key in keys)
        {
            _subscriptions.AddOrUpdate(key, [subscription], (_, present) => [.. present, subscription]);
        }

        return subscription;
    }

    /// <summary>Says that something changed. Never waits and never throws.</summary>
    public void Publish(LiveKey key)
    {
        Signal(key);
        if (key.Id != 0)
        {
            Signal(key with { Id = 0 });
        }
    }

    private void Signal(LiveKey key)
    {
        if (_subscriptions.TryGetValue(key, out var listeners))
        {
            foreach (var listener in listeners)
            {
                listener.Signal();
            }
        }
    }

    private void Remove(Subscription subscription, LiveKey[] keys)
    {
        foreach (var key in keys)
        {
            var rest = _subscriptions.AddOrUpdate(key, [], (_, present) => [.. present.Where(s => s != subscription)]);
            if (rest.Length == 0)
            {
                _subscriptions.TryRemove(new KeyValuePair<LiveKey, Subscription[]>(key, rest));
            }
        }
    }

    private void Report(Exception exception)
    {
        if (limiter.IsDue(nameof(LiveFeed)))
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not show a change")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    private sealed class Subscription(LiveFeed feed, LiveKey[] keys, TimeSpan throttle, Func<Task> changed) : IDisposable
    {
        private long _changes;
        private volatile bool _isEnded;

        /// <summary>Counts the change; the first one starts the runs, which go on until one of them saw the last.</summary>
        public void Signal()
        {
            if (Interlocked.Increment(ref _changes) == 1)
            {
                _ = Task.Run(RunAsync);
            }
        }

        public void Dispose()
        {
            _isEnded = true;
            feed.Remove(this, keys);
        }

        private async Task RunAsync()
        {
            long seen;
            do
            {
                if (_isEnded)
                {
                    return;
                }

                seen = Volatile.Read(ref _changes);
                try
                {
                    await changed();
                }
                catch (Exception exception)
                {
                    feed.Report(exception);
                }

                await Task.Delay(throttle, feed._time);
            }
            while (Interlocked.CompareExchange(ref _changes, 0, seen) != seen);
        }
    }
}
