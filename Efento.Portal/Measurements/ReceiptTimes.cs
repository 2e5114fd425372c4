namespace Efento.Portal.Measurements;

/// <summary>
/// Finds when messages were received, by their ids. Only this class knows the corrections of the server's clock. Times ascend with the ids.
/// Thread-safe.
/// </summary>
public sealed class ReceiptTimes
{
    private readonly Lock _lock = new();
    private long _suspectedMs = long.MaxValue;
    private volatile Span[] _corrected = [new Span(0, 0, long.MaxValue)];
    private volatile Span[] _spans = [new Span(0, 0, long.MaxValue)];

    /// <summary>When a message was received, Unix ms.</summary>
    public long ReceivedMs(long id) => ReceivedMs(SpanOf(_spans, id), id);

    /// <summary>When a message was received.</summary>
    public DateTimeOffset ReceivedAtUtc(long id) => DateTimeOffset.FromUnixTimeMilliseconds(ReceivedMs(id));

    /// <summary>
    /// The lowest id of a message received at <paramref name="receivedMs"/> (Unix ms) or later; an id above all others if there can be no
    /// such message yet.
    /// </summary>
    public long First(long receivedMs)
    {
        var spans = _spans;
        for (var i = 0; i < spans.Length; i++)
        {
            var first = Math.Max(spans[i].FromId, MessageId.First(receivedMs + spans[i].AheadMs));
            if (receivedMs <= spans[i].LatestMs && (i + 1 == spans.Length || first < spans[i + 1].FromId))
            {
                return first;
            }
        }

        return long.MaxValue;
    }

    /// <summary>The id of a message received at <paramref name="receivedMs"/> (Unix ms), above <paramref name="last"/>.</summary>
    public long Next(long receivedMs, long last) => MessageId.Next(receivedMs + AheadMs, last);

    /// <summary>Stays the same object while the same times are told.</summary>
    internal object Version => _spans;

    /// <summary>How far the newest ids are ahead of the time of receipt, in ms.</summary>
    internal long AheadMs => _spans[^1].AheadMs;

    /// <summary>When a message was received according to the corrections alone, without <see cref="Suspect"/>, Unix ms.</summary>
    internal long CorrectedMs(long id) => ReceivedMs(SpanOf(_corrected, id), id);

    /// <summary>Sets the corrections in force. Only the holder of the write gate may call it.</summary>
    /// <param name="corrections">All of them, in any order.</param>
    internal void Correct(IEnumerable<ClockCorrection> corrections)
    {
        var (spans, latest) = (new Stack<Span>(), long.MaxValue);
        foreach (var correction in corrections.OrderByDescending(c => c.FromId))
        {
            spans.Push(new Span(correction.FromId, correction.AheadMs, latest));
            latest = Math.Min(latest, correction.ByMs);
        }

        lock (_lock)
        {
            _corrected = [new Span(0, 0, latest), .. spans];
            Limit();
        }
    }

    /// <summary>
    /// Notes that the clock is behind times that it gave before. All messages so far then count as received by <paramref name="byMs"/>
    /// (Unix ms) at the latest. Null ends this.
    /// </summary>
    internal void Suspect(long? byMs)
    {
        lock (_lock)
        {
            if (_suspectedMs != (byMs ?? long.MaxValue))
            {
                _suspectedMs = byMs ?? long.MaxValue;
                Limit();
            }
        }
    }

    private void Limit() => _spans = [.. _corrected.Select(span => span with { LatestMs = Math.Min(span.LatestMs, _suspectedMs) })];

    private static long ReceivedMs(Span span, long id) => Math.Min(MessageId.Milliseconds(id) - span.AheadMs, span.LatestMs);

    /// <summary>Searches from the newest span back, because nearly all calls concern the newest one.</summary>
    private static Span SpanOf(Span[] spans, long id)
    {
        var at = spans.Length - 1;
        while (at > 0 && spans[at].FromId > id)
        {
            at--;
        }

        return spans[at];
    }

    private readonly record struct Span(long FromId, long AheadMs, long LatestMs);
}
