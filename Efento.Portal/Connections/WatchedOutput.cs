using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Efento.Portal.Connections;

/// <summary>The output of a connection; reports when nothing can be sent any more.</summary>
internal sealed class WatchedOutput(PipeWriter sending, Action lost) : PipeWriter
{
    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => sending.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => sending.UnflushedBytes;

    /// <inheritdoc/>
    public override void Advance(int bytes) => sending.Advance(bytes);

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => sending.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => sending.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flushing = sending.FlushAsync(cancellationToken);
        return flushing.IsCompletedSuccessfully ? new ValueTask<FlushResult>(Watched(flushing.Result)) : WatchAsync(flushing);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => sending.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => sending.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> WatchAsync(ValueTask<FlushResult> flushing) => Watched(await flushing);

    private FlushResult Watched(FlushResult result)
    {
        if (result.IsCompleted)
        {
            lost();
        }

        return result;
    }
}
