using System.Threading.Channels;

namespace Efento.Portal.Notifications.Sending;

/// <summary>Wakes the dispatcher when there may be something to send. Thread-safe.</summary>
internal sealed class DispatcherBell(TimeProvider time)
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(1);

    /// <summary>Wakes the dispatcher. It never waits and never throws.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Waits until the bell rings, or rang since the last wait, but no longer than a limit.</summary>
    /// <param name="limit">The limit; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The time has come without a ring.
            return;
        }
    }
}
