using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HdrHistogram;

namespace Efento.Portal.Benchmarks.Load;

/// <summary>
/// One keep-alive connection with one request under way at most. Nothing is allocated per request; what it counts is its own, so that
/// connections share no lock.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const long LongestMicroseconds = 600_000_000;

    private readonly LoadRun _run;
    private readonly FleetMessage[] _messages;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _answer = new byte[4096];
    private int _received;
    private int _nextMessage;
    private long _since;

    /// <summary>A connection that sends <paramref name="messages"/> in turn.</summary>
    public LoadConnection(LoadRun run, FleetMessage[] messages, int port)
    {
        (_run, _messages) = (run, messages);
        _socket.Connect(IPAddress.Loopback, port);
        _receive.Completed += (_, _) => Continue();
    }

    /// <summary>Latencies in µs, of answers within the counted time.</summary>
    public LongHistogram Latencies { get; } = new(LongestMicroseconds, 3);

    /// <summary>All 201.</summary>
    public long Stored { get; private set; }

    /// <summary>All 503.</summary>
    public long Unavailable { get; private set; }

    /// <summary>All other answers.</summary>
    public long Unexpected { get; private set; }

    /// <summary>
    /// Sends the next message; its latency counts from <paramref name="since"/> (stopwatch ticks), when it should have been sent.
    /// </summary>
    public void Start(long since)
    {
        Send(since);
        Pump();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Continue()
    {
        if (TakeReceived())
        {
            Pump();
        }
    }

    private void Pump()
    {
        do
        {
            _receive.SetBuffer(_answer, _received, _answer.Length - _received);
            if (_socket.ReceiveAsync(_receive))
            {
                return;
            }
        }
        while (TakeReceived());
    }

    private void Send(long since)
    {
        var message = _messages[_nextMessage++ % _messages.Length];
        message.Advance();
        (_since, _received) = (since, 0);
        var rest = message.Request;
        while (!rest.IsEmpty)
        {
            rest = rest[_socket.Send(rest)..];
        }
    }

    /// <summary>Takes what arrived; true if more is to be received.</summary>
    private bool TakeReceived()
    {
        if (_receive.SocketError is not SocketError.Success || _receive.BytesTransferred == 0)
        {
            _run.Broken();
            return false;
        }

        _received += _receive.BytesTransferred;
        if (!IsComplete(_answer.AsSpan(0, _received)))
        {
            return true;
        }

        Count(Stopwatch.GetTimestamp());
        if (!_run.TryGetNext(this, out var since))
        {
            return false;
        }

        Send(since);
        return true;
    }

    private void Count(long now)
    {
        _ = Utf8Parser.TryParse(_answer.AsSpan("HTTP/1.1 ".Length, 3), out int status, out _);
        switch (status)
        {
            case 201:
                Stored++;
                break;
            case 503:
                Unavailable++;
                break;
            default:
                Unexpected++;
                break;
        }

        if (_run.IsCounted(now))
        {
            Latencies.RecordValue(Math.Min((long)Stopwatch.GetElapsedTime(_since, now).TotalMicroseconds, LongestMicroseconds));
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var length = answer.IndexOf("Content-Length: "u8);
        _ = Utf8Parser.TryParse(answer[(length + "Content-Length: ".Length)..], out int body, out _);
        return length >= 0 && answer.Length >= end + 4 + body;
    }
}
