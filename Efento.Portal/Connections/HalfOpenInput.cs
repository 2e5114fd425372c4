using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Efento.Portal.Connections;

/// <summary>
/// What a connection receives. Kestrel takes a request whose last bytes come together with the end of sending (FIN) for one that was cut
/// short; here the end is told once everything before it was looked at.
/// </summary>
internal sealed class HalfOpenInput(PipeReader received) : PipeReader
{
    private ReadResult _last;
    private long _lookedAt;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = received.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Told(reading.Result)) : TellAsync(reading);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        var isThere = received.TryRead(out result);
        result = isThere ? Told(result) : result;
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
    private async ValueTask<ReadResult> TellAsync(ValueTask<ReadResult> reading) => Told(await reading);

    private ReadResult Told(ReadResult result)
    {
        _last = result;
        return result.IsCompleted && result.Buffer.Length > _lookedAt ? new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false) : result;
    }
}
