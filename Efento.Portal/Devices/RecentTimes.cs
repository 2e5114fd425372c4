namespace Efento.Portal.Devices;

/// <summary>A ring of the last spans of time. Adding one allocates nothing. Not thread-safe.</summary>
internal sealed class RecentTimes(int capacity)
{
    private readonly int[] _ms = new int[capacity];
    private int _count;
    private int _next;

    /// <summary>The number of spans in the ring.</summary>
    public int Count => _count;

    /// <summary>Adds a span in ms. One longer than 24 days counts as 24 days.</summary>
    public void Add(long ms)
    {
        _ms[_next] = (int)Math.Min(ms, int.MaxValue);
        _next = (_next + 1) % capacity;
        _count = Math.Min(_count + 1, capacity);
    }

    /// <summary>
    /// The 95th percentile of the spans in ms, without outages; null if there are fewer than <paramref name="fewest"/>. An outage is a span
    /// longer than <see cref="LoggerFreshness.SilentAfterPromises"/> times the usual one, which is the median.
    /// </summary>
    /// <param name="leastMs">The usual span counts at least as so many ms.</param>
    /// <param name="fewest">The fewest spans that give a result.</param>
    /// <param name="onTopMs">A time in ms that is added to each span, and to the median, before they are compared.</param>
    public long? Usual(long leastMs, int fewest, long onTopMs = 0)
    {
        if (_count < fewest)
        {
            return null;
        }

        Span<int> sorted = stackalloc int[_count];
        _ms.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        var usual = Math.Max(leastMs, onTopMs + sorted[(_count - 1) / 2]);
        var kept = _count;
        while (onTopMs + sorted[kept - 1] > LoggerFreshness.SilentAfterPromises * usual)
        {
            kept--;
        }

        return sorted[(int)Math.Ceiling(0.95 * kept) - 1];
    }
}
