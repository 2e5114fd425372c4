namespace Efento.Portal.Measurements;

/// <summary>
/// Reduces a line to a number of points without losing its extremes. The time is cut into buckets of equal width. The smallest and the
/// largest value of each bucket stay, at their own times, and so do the first and the last value of the line. Wherever a break (NaN) lies
/// between two values that stay, a break stays too.
/// </summary>
internal static class MinMax
{
    /// <summary>The fewest points a line can be reduced to.</summary>
    public const int FewestPoints = 8;

    /// <summary>
    /// Reduces a line to at most <paramref name="limit"/> points, breaks included; a line within the limit stays as it is.
    /// </summary>
    /// <param name="times">The times, Unix ms, ascending.</param>
    /// <param name="values">The values; NaN breaks the line.</param>
    /// <param name="limit">The most points; at least <see cref="FewestPoints"/>.</param>
    /// <returns>Pairs of time and value, in order.</returns>
    public static double[] Reduce(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, FewestPoints);
        var line = new Line(times, values, limit);
        if (times.Length <= limit)
        {
            return line.TakeAll();
        }

        var (first, last, breaks) = Extent(values);
        return first < 0 ? [] : line.TakeExtremes(first, last, BucketCount(breaks, limit));
    }

    /// <summary>
    /// How many buckets surely fit. With n buckets there are at most 2n + 2 values: two of each bucket, the first and the last. If there
    /// are few breaks, each costs one point: 2n + 2 + breaks. If there are many, each value but the first has at most one break before it:
    /// 2n + 2 + 2n + 1. Both bounds hold, so the better one is taken.
    /// </summary>
    internal static int BucketCount(int breaks, int limit) => Math.Max((limit - 2 - breaks) / 2, (limit - 3) / 4);

    /// <summary>The bucket of a time. The last value lies exactly at the end of the line; it belongs to the last bucket.</summary>
    internal static int BucketOf(long time, long first, long last, int buckets) =>
        last == first ? 0 : (int)Math.Min(buckets - 1, (double)(time - first) / (last - first) * buckets);

    /// <summary>
    /// The indexes of the first and the last value (-1 if there is none), and the number of breaks between them. Several NaN in a row are
    /// one break.
    /// </summary>
    internal static (int First, int Last, int Breaks) Extent(ReadOnlySpan<double> values)
    {
        var (first, last, breaks) = (-1, -1, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            breaks += last >= 0 && last < i - 1 ? 1 : 0;
            (first, last) = (first < 0 ? i : first, i);
        }

        return (first, last, breaks);
    }

    private ref struct Line(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int limit)
    {
        private readonly ReadOnlySpan<long> _times = times;
        private readonly ReadOnlySpan<double> _values = values;
        private readonly double[] _points = new double[2 * Math.Min(limit, times.Length)];
        private int _used;
        private Candidate _taken = new(-1, -1);

        public double[] TakeAll()
        {
            for (var i = 0; i < _times.Length; i++)
            {
                Add(_times[i], _values[i]);
            }

            return _points;
        }

        public double[] TakeExtremes(int first, int last, int buckets)
        {
            var lastBreak = -1;
            var bucket = 0;
            var (lowest, highest) = (new Candidate(first, -1), new Candidate(first, -1));
            Take(lowest);
            for (var i = first + 1; i <= last; i++)
            {
                if (double.IsNaN(_values[i]))
                {
                    lastBreak = i;
                    continue;
                }

                // Whether a break is drawn before this value is not known yet: it depends on which value before it stays.
                var here = new Candidate(i, lastBreak);
                var its = BucketOf(_times[i], _times[first], _times[last], buckets);
                if (its != bucket)
                {
                    Take(lowest, highest);
                    (bucket, lowest, highest) = (its, here, here);
                    continue;
                }

                lowest = _values[i] < _values[lowest.Index] ? here : lowest;
                highest = _values[i] > _values[highest.Index] ? here : highest;
            }

            Take(lowest, highest);
            Take(new Candidate(last, lastBreak));
            return _points[.._used];
        }

        /// <summary>
        /// Takes the smallest and the largest value of a bucket in order of time. A single value is both, and is taken once.
        /// </summary>
        private void Take(Candidate one, Candidate other)
        {
            Take(one.Index < other.Index ? one : other);
            Take(one.Index < other.Index ? other : one);
        }

        private void Take(Candidate point)
        {
            // The first and the last value may be extremes of their buckets, and then come twice.
            if (point.Index <= _taken.Index)
            {
                return;
            }

            // A break lies between the two values that stay, even if its own neighbours were left out.
            if (point.LastBreak > _taken.Index && _taken.Index >= 0)
            {
                Add(_times[point.LastBreak], double.NaN);
            }

            Add(_times[point.Index], _values[point.Index]);
            _taken = point;
        }

        private void Add(long time, double value)
        {
            _points[_used++] = time;
            _points[_used++] = value;
        }
    }

    /// <summary>A value that may stay.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="LastBreak">The index of the last break before it; -1 if there is none.</param>
    private readonly record struct Candidate(int Index, int LastBreak);
}
