using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// Messages waiting for the writer, bounded by their number, readings and age; their bytes are bounded by <see cref="BodyRoom"/>. What is beyond is answered 503 at once,
/// so that a stalled disk is felt in time and not in memory.
/// </summary>
public sealed class IngestQueue(IOptionsMonitor<IngestOptions> options, TimeProvider time)
{
    private readonly Channel<PendingMessage> _channel = Channel.CreateUnbounded<PendingMessage>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly Queue<(long At, int Readings)> _entered = new();
    private int _messages;
    private int _readings;
    private bool _closed;

    /// <summary>Messages that wait for their commit, those of the running batch included.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _messages;
            }
        }
    }

    /// <summary>Why nothing more is taken; null while something is.</summary>
    public string? Fault
    {
        get
        {
            lock (_lock)
            {
                return WhyFull(options.CurrentValue, 0);
            }
        }
    }

    /// <summary>Lets a message in, or says why not.</summary>
    public bool TryEnqueue(PendingMessage message, out string? refusal)
    {
        lock (_lock)
        {
            refusal = WhyFull(options.CurrentValue, message.ReadingCount);
            if (refusal is not null)
            {
                return false;
            }

            _messages++;
            var counted = Counted(message.ReadingCount, options.CurrentValue);
            _readings += counted;
            _entered.Enqueue((time.GetTimestamp(), counted));
            return _channel.Writer.TryWrite(message);
        }
    }

    /// <summary>Waits for messages; false when the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Moves everything that waits into <paramref name="batch"/>; it counts as waiting until <see cref="Done"/>.</summary>
    public void TakeAll(List<PendingMessage> batch)
    {
        while (_channel.Reader.TryRead(out var message))
        {
            batch.Add(message);
        }
    }

    /// <summary>Tells that so many messages, the oldest, are committed or refused, or are stored portion by portion from now on.</summary>
    public void Done(int messages)
    {
        lock (_lock)
        {
            for (var i = 0; i < messages; i++)
            {
                _messages--;
                _readings -= _entered.Dequeue().Readings;
            }
        }
    }

    /// <summary>Whether nothing more is taken.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>Takes nothing more; what waits is still written.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _channel.Writer.TryComplete();
        }
    }

    /// <summary>
    /// A single message larger than all the room takes half of it: it is let in, and leaves the rest to the others, for who is refused stays
    /// away for five minutes.
    /// </summary>
    private static int Counted(int readings, IngestOptions limits) => readings > limits.QueueReadings ? limits.QueueReadings / 2 : readings;

    private string? WhyFull(IngestOptions limits, int readings)
    {
        if (_closed)
        {
            return IngestText.QueueClosed;
        }

        if (_messages == 0)
        {
            return null;
        }

        if (_messages >= limits.QueueMessages || _readings + Counted(readings, limits) > limits.QueueReadings)
        {
            return IngestText.QueueFull;
        }

        return time.GetElapsedTime(_entered.Peek().At) > limits.QueueAge ? IngestText.QueueSlow : null;
    }
}
