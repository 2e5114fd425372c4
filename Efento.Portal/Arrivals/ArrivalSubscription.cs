namespace Efento.Portal.Arrivals;

/// <summary>One consumer with its queue and its state.</summary>
internal sealed class ArrivalSubscription(IArrivalConsumer consumer, ArrivalLedger ledger, TimeProvider time) : IDisposable
{
    private readonly ArrivalQueue _queue = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _position;
    private long _busySince;
    private volatile Exception? _fault;

    /// <summary>The consumer.</summary>
    public IArrivalConsumer Consumer => consumer;

    /// <summary>The last message that was delivered.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>The queue of the consumer.</summary>
    public ArrivalQueue Queue => _queue;

    /// <summary>Why the last delivery failed; null if it succeeded.</summary>
    public Exception? Fault => _fault;

    /// <summary>When it had to begin anew because the ledger did not hold any more what it had not read; null if it never had to.</summary>
    public DateTimeOffset? BeganAnewUtc { get; private set; }

    /// <summary>For how long the consumer has worked on the present batch.</summary>
    public TimeSpan Busy => Interlocked.Read(ref _busySince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Begins after the cursor. A consumer without a cursor begins anew.</summary>
    public async Task BeginAsync(long? cursor, long lastId, CancellationToken cancellationToken = default)
    {
        var isAnew = cursor is null || consumer.Done is null;
        var after = isAnew ? lastId : Math.Min(cursor!.Value, lastId);
        await consumer.BeginAsync(after, isAnew, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _position, after);
        _queue.Begin(after, lastId);
    }

    /// <summary>Delivers everything that waits, and everything that was missed. A second caller waits for the first one.</summary>
    /// <exception cref="Exception">The consumer threw, or the ledger could not be read. The next call delivers the same again.</exception>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        if (_queue.IsEmpty && Interlocked.Read(ref _busySince) == 0)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (await DeliverNextAsync(cancellationToken).ConfigureAwait(false))
            {
            }

            _fault = null;
        }
        catch (Exception fault)
        {
            // What the consumer took and did not finish is read again from the ledger.
            _queue.FallBehind();
            _fault = cancellationToken.IsCancellationRequested ? _fault : fault;
            throw;
        }
        finally
        {
            Interlocked.Exchange(ref _busySince, 0);
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<bool> DeliverNextAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _busySince, Math.Max(1, time.GetTimestamp()));
        if (_queue.TryTake(out var batch))
        {
            await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
            return true;
        }

        return _queue.IsBehind && await CatchUpAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        var missed = consumer.Done is null ? null : await ledger.ReadAsync(Position, cancellationToken).ConfigureAwait(false);
        if (missed is null)
        {
            BeganAnewUtc = consumer.Done is null ? null : time.GetUtcNow();
            var after = _queue.Skip();
            await consumer.BeginAsync(after, isAnew: true, cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref _position, after);
            return true;
        }

        if (missed.LastId == Position)
        {
            return _queue.TryCatchUp(Position);
        }

        await TakeAsync(missed, cancellationToken).ConfigureAwait(false);
        _queue.TryCatchUp(Position);
        return true;
    }

    private async Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        await consumer.TakeAsync(batch, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _position, batch.LastId);
    }
}
