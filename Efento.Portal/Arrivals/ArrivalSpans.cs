namespace Efento.Portal.Arrivals;

/// <summary>Collects the readings of a batch into spans. Not thread-safe.</summary>
internal sealed class ArrivalSpans
{
    /// <summary>
    /// Readings that are further apart than this, in ms, begin a new span. One old reading among new ones would otherwise stretch the span
    /// over all the time between.
    /// </summary>
    private const long MostApartMs = 3_600_000;

    private readonly List<ArrivalSpan> _spans = [];

    /// <summary>Adds a reading that a logger measured at this time (Unix ms).</summary>
    public void Add(int loggerId, long measuredAtMs) => Add(loggerId, measuredAtMs, measuredAtMs);

    /// <summary>Spans in the order of their loggers and times; those of a logger that overlap or are close together are one.</summary>
    public static IReadOnlyList<ArrivalSpan> Joined(IEnumerable<ArrivalSpan> spans)
    {
        var joined = new ArrivalSpans();
        foreach (var span in spans.OrderBy(s => s.LoggerId).ThenBy(s => s.EarliestMs))
        {
            joined.Add(span.LoggerId, span.EarliestMs, span.LatestMs);
        }

        return joined.TakeAll();
    }

    /// <summary>Returns the collected spans and begins anew.</summary>
    public ArrivalSpan[] TakeAll()
    {
        ArrivalSpan[] all = [.. _spans];
        _spans.Clear();
        return all;
    }

    private void Add(int loggerId, long earliestMs, long latestMs)
    {
        if (_spans is [.., var last] && last.LoggerId == loggerId
            && latestMs >= last.EarliestMs - MostApartMs && earliestMs <= last.LatestMs + MostApartMs)
        {
            _spans[^1] = last with { EarliestMs = Math.Min(last.EarliestMs, earliestMs), LatestMs = Math.Max(last.LatestMs, latestMs) };
        }
        else
        {
            _spans.Add(new ArrivalSpan(loggerId, earliestMs, latestMs));
        }
    }
}
