using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Efento.Portal.Connections;

/// <summary>
/// The input of a connection. If the last bytes of a request come together with the end of sending (FIN), Kestrel treats the request as cut
/// short. This reader reports the end only after everything before it was examined.
/// </summary>
internal sealed class HalfOpenInput(PipeReader received) : PipeReader
{
    private ReadResult _last;
    private long _lookedAt;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = received.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Report(reading.Result)) : ReportAsync(reading);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        var isThere = received.TryRead(out result);
        result = isThere ? Report(result) : result;
        return isThere;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_last.IsCompleted)
        {
            _lookedAt = _last.Buffer.Slice(consumed, examined).Length;
        }

        _last = default;
        received.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => received.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => received.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReportAsync(ValueTask<ReadResult> reading) => Report(await reading);

    private ReadResult Report(ReadResult result)
    {
        _last = result;
        return result.IsCompleted && result.Buffer.Length > _lookedAt
            ? new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false)
            : result;
    }
}
