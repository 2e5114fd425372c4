namespace Efento.Portal.Devices;

/// <summary>The last so many spans of time, in a ring: adding one allocates nothing. Not safe for several threads.</summary>
internal sealed class RecentTimes(int capacity)
{
    private readonly int[] _ms = new int[capacity];
    private int _count;
    private int _next;

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Adds a span; longer ones than 24 days count as such.</summary>
    public void Add(long ms)
    {
        _ms[_next] = (int)Math.Min(ms, int.MaxValue);
        _next = (_next + 1) % capacity;
        _count = Math.Min(_count + 1, capacity);
    }

    /// <summary>
    /// What 95 % of them keep within, in ms, those left out that are no rhythm but an outage: longer than <see cref="LoggerFreshness.SilentAfterPromises"/>
    /// times the usual. Null if there are fewer than <paramref name="fewest"/>.
    /// </summary>
    /// <param name="leastMs">What is usual at least, in ms.</param>
    /// <param name="fewest">How many there must be.</param>
    /// <param name="onTopMs">What the spans come on top of, in ms: judged together.</param>
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
