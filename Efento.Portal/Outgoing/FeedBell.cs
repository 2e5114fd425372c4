using System.Threading.Channels;

namespace Efento.Portal.Outgoing;

/// <summary>Wakes the task of a feed. Thread-safe.</summary>
internal sealed class FeedBell(TimeProvider time)
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(1);

    /// <summary>Wakes the task. It never waits and never throws.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Waits until the bell rings, or rang since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _rung.Reader.ReadAsync(cancellationToken);

    /// <summary>The same, but no longer than a limit.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The time has come without a ring.
            return;
        }
    }
}
