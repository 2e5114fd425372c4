using System.Threading.Channels;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The messages that wait for the writer, limited by number, readings and age; their bytes are limited by <see cref="BodyRoom"/>. Messages
/// beyond the limits are answered 503 at once, so that a stalled disk does not fill memory.
/// </summary>
internal sealed class IngestQueue(IOptionsMonitor<IngestOptions> options, TimeProvider time)
{
    private readonly Channel<PendingMessage> _channel = Channel.CreateUnbounded<PendingMessage>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly Queue<(long At, int Readings)> _entered = new();
    private int _messages;
    private int _readings;
    private bool _closed;

    /// <summary>The number of messages that wait for their commit, including the current batch.</summary>
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

    /// <summary>Why no more messages are accepted; null while they are.</summary>
    public IngestFault? Fault
    {
        get
        {
            lock (_lock)
            {
                return WhyFull(options.CurrentValue, 0);
            }
        }
    }

    /// <summary>Adds a message, or returns why it is refused.</summary>
    public bool TryEnqueue(PendingMessage message, out IngestFault? refusal)
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

    /// <summary>
    /// Moves all waiting messages into <paramref name="batch"/>. They count as waiting until <see cref="Done"/> is called.
    /// </summary>
    public void TakeAll(List<PendingMessage> batch)
    {
        while (_channel.Reader.TryRead(out var message))
        {
            batch.Add(message);
        }
    }

    /// <summary>
    /// Removes this many of the oldest messages from the count: they are committed or refused, or are stored in portions from now on.
    /// </summary>
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

    /// <summary>Whether no more messages are accepted.</summary>
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

    /// <summary>Accepts no more messages. Waiting ones are still written.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _channel.Writer.TryComplete();
        }
    }

    /// <summary>
    /// A single message with more readings than the limit counts as half of the limit. It is accepted and leaves the other half to others,
    /// because a refused gateway stays away for five minutes.
    /// </summary>
    private static int Counted(int readings, IngestOptions limits) => readings > limits.QueueReadings ? limits.QueueReadings / 2 : readings;

    private QueueFault? WhyFull(IngestOptions limits, int readings)
    {
        if (_closed)
        {
            return new QueueFault(QueueFaultKind.Closed);
        }

        if (_messages == 0)
        {
            return null;
        }

        if (_messages >= limits.QueueMessages || _readings + Counted(readings, limits) > limits.QueueReadings)
        {
            return new QueueFault(QueueFaultKind.Full);
        }

        return time.GetElapsedTime(_entered.Peek().At) > limits.QueueAge ? new QueueFault(QueueFaultKind.Slow) : null;
    }
}
