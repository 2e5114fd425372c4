using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Efento.Portal.Arrivals;

/// <summary>
/// The batches that wait for one consumer, in bounded memory. If too many wait, or if one is missing, the queue drops all of them, and the
/// consumer is behind: it reads the ledger. Meanwhile the queue collects what is stored next, so that the consumer can go on from memory
/// as soon as the ledger has brought it there, even if something is stored all the time. Thread-safe.
/// </summary>
internal sealed class ArrivalQueue
{
    /// <summary>The most spans that may wait, some 2.5 MB.</summary>
    public const int MostSpans = 100_000;

    /// <summary>The most readings that may wait, some 6 MB.</summary>
    public const int MostReadings = 100_000;

    /// <summary>The most batches that may wait.</summary>
    public const int MostBatches = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<ArrivalBatch> _batches = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _spans;
    private int _readings;
    private long _lastId;
    private bool _isBehind;

    /// <summary>Whether the consumer has to read the ledger.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return _isBehind;
            }
        }
    }

    /// <summary>Whether nothing waits and nothing has to be read from the ledger.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _batches.Count == 0 && !_isBehind;
            }
        }
    }

    /// <summary>The number of batches in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _batches.Count;
            }
        }
    }

    /// <summary>Begins after a message, even if later ones were stored already.</summary>
    public void Begin(long after, long lastId)
    {
        lock (_lock)
        {
            Clear();
            (_lastId, _isBehind) = (Math.Max(after, lastId), after < lastId);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Adds a batch at the end.</summary>
    public void Put(ArrivalBatch batch)
    {
        lock (_lock)
        {
            if (batch.After != _lastId || !HasRoomFor(batch))
            {
                FallBehindFrom(batch.LastId);
            }
            else
            {
                _batches.Enqueue(batch);
                _spans += batch.Spans.Count;
                _readings += batch.Readings?.Count ?? 0;
                _lastId = batch.LastId;
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Notes that messages up to this one were stored, whether or not all of them were added.</summary>
    public void Reach(long lastId)
    {
        lock (_lock)
        {
            if (lastId <= _lastId)
            {
                return;
            }

            FallBehindFrom(lastId);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Takes the first batch, if there is one and nothing before it has to be read from the ledger.</summary>
    public bool TryTake([NotNullWhen(true)] out ArrivalBatch? batch)
    {
        lock (_lock)
        {
            batch = null;
            return !_isBehind && TryDequeue(out batch);
        }
    }

    /// <summary>Drops everything. The consumer then has to read the ledger, for the batch that it took as well.</summary>
    public void FallBehind()
    {
        lock (_lock)
        {
            FallBehindFrom(_lastId);
        }
    }

    /// <summary>
    /// Call this when the ledger was read up to a message. True if the queue holds everything that was stored after that message. A batch
    /// that was read in part is delivered once more as a whole.
    /// </summary>
    public bool TryCatchUp(long readUpTo)
    {
        lock (_lock)
        {
            while (_batches.TryPeek(out var first) && first.LastId <= readUpTo)
            {
                TryDequeue(out _);
            }

            var reachesMemory = _batches.TryPeek(out var next) ? next.After <= readUpTo : readUpTo >= _lastId;
            _isBehind &= !reachesMemory;
            return !_isBehind;
        }
    }

    /// <summary>Drops everything, and holds only what is stored after the message that it returns.</summary>
    public long Skip()
    {
        lock (_lock)
        {
            Clear();
            _isBehind = false;
            return _lastId;
        }
    }

    /// <summary>Waits until there is a batch, or until the ledger has to be read.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    private bool TryDequeue([NotNullWhen(true)] out ArrivalBatch? batch)
    {
        if (!_batches.TryDequeue(out batch))
        {
            return false;
        }

        _spans -= batch.Spans.Count;
        _readings -= batch.Readings?.Count ?? 0;
        return true;
    }

    private void FallBehindFrom(long lastId)
    {
        Clear();
        (_lastId, _isBehind) = (Math.Max(_lastId, lastId), true);
    }

    private void Clear()
    {
        _batches.Clear();
        (_spans, _readings) = (0, 0);
    }

    private bool HasRoomFor(ArrivalBatch batch) =>
        _spans + batch.Spans.Count <= MostSpans
        && _readings + (batch.Readings?.Count ?? 0) <= MostReadings
        && _batches.Count < MostBatches;
}
