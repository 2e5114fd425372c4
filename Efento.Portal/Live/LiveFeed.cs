using System.Collections.Concurrent;
using Efento.Portal.Configuration;

namespace Efento.Portal.Live;

/// <summary>The subjects of signals.</summary>
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

    /// <summary>The rejected senders.</summary>
    Refusal,

    /// <summary>The quarantine.</summary>
    Quarantine,

    /// <summary>A gateway token: a message came with it.</summary>
    Token,

    /// <summary>The rules of alarms, or to which points they apply.</summary>
    Rules,

    /// <summary>An alarm: it was raised or changed.</summary>
    Alarm,

    /// <summary>Who was told of an alarm: a delivery was attempted, accepted, failed or ended. The key is the alarm's.</summary>
    Delivery,

    /// <summary>The channels of notifications: their settings or how they fare.</summary>
    Channel,

    /// <summary>Who is told of alarms: people, rotas, chains and channels.</summary>
    Notifications,

    /// <summary>The devices on which people are told: one was added, removed or told.</summary>
    Device,

    /// <summary>A feed of measurements: it sent, or failed to.</summary>
    Feed,

    /// <summary>Whether a restored or copied portal sends anything.</summary>
    Hold,

    /// <summary>The backups: one is being made, was made or failed.</summary>
    Backup,
}

/// <summary>What changed.</summary>
/// <param name="Topic">The subject.</param>
/// <param name="Id">The key of the item; 0 stands for all: a subscriber to 0 is notified of every item.</param>
public readonly record struct LiveKey(LiveTopic Topic, int Id = 0);

/// <summary>
/// Notifies subscribers of committed changes. Signals carry keys only and no data, so a slow subscriber can't build up a queue.
/// </summary>
public sealed partial class LiveFeed(TimeProvider time, LogLimiter limiter, ILogger<LiveFeed> log)
{
    private readonly TimeProvider _time = time;
    private readonly ConcurrentDictionary<LiveKey, Subscription[]> _subscriptions = new();

    /// <summary>
    /// Calls <paramref name="changed"/> when one of the keys is published: at once, then at most once every <paramref name="throttle"/>.
    /// The last change is never lost, and calls don't overlap. Dispose the result to unsubscribe.
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

    /// <summary>Publishes a change. It never waits and never throws.</summary>
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
            LogFailed(log, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not show a change")]
    private static partial void LogFailed(ILogger log, Exception exception);

    private sealed class Subscription(LiveFeed feed, LiveKey[] keys, TimeSpan throttle, Func<Task> changed) : IDisposable
    {
        private long _changes;
        private volatile bool _isEnded;

        /// <summary>
        /// Counts a change. The first one starts the calls, which are repeated until one of them has seen the last change.
        /// </summary>
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
