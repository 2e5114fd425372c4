namespace Efento.Portal.Arrivals;

/// <summary>
/// Delivers every committed batch to the consumers. Each consumer has its own queue and its own loop, so that consumers don't wait for each
/// other and the writer waits for none. Thread-safe.
/// </summary>
internal sealed class ArrivalFeed : IDisposable
{
    private volatile ArrivalSubscription[] _subscriptions = [];

    /// <summary>The consumers.</summary>
    internal IReadOnlyList<ArrivalSubscription> Subscriptions => _subscriptions;

    /// <summary>Call this when a batch was committed and memory contains it, in the order of the commits.</summary>
    public void Publish(ArrivalBatch batch)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Queue.Put(batch);
        }
    }

    /// <summary>
    /// Call this when messages up to this one are in the database although nobody published them: a commit that seemed to fail may have
    /// succeeded.
    /// </summary>
    public void Reach(long lastId)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Queue.Reach(lastId);
        }
    }

    /// <summary>
    /// Delivers everything that was committed before this call, unless it was delivered already. Call this before the consumer is asked for
    /// its results.
    /// </summary>
    /// <exception cref="Exception">The consumer failed, or the ledger could not be read.</exception>
    public Task DeliverAsync(IArrivalConsumer consumer, CancellationToken cancellationToken = default) =>
        Array.Find(_subscriptions, s => ReferenceEquals(s.Consumer, consumer)) is { } its
            ? its.DeliverAsync(cancellationToken)
            : Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    /// <summary>Adds consumers that have begun.</summary>
    internal void Subscribe(IEnumerable<ArrivalSubscription> subscriptions) => _subscriptions = [.. _subscriptions, .. subscriptions];
}
