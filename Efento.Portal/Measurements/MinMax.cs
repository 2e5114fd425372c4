namespace Efento.Portal.Measurements;

/// <summary>
/// Reduces a line to a number of points and keeps its extremes: the time is cut into buckets of equal width, and of each the smallest and
/// the largest value stay, at their own times; so do the first and the last value. Breaks (NaN) stay wherever one lies between two points.
/// </summary>
public static class MinMax
{
    /// <summary>The fewest points a line can be reduced to.</summary>
    public const int FewestPoints = 8;

    /// <summary>Reduces a line to at most <paramref name="limit"/> points, breaks included; a line within the limit stays as it is.</summary>
    /// <param name="times">When, Unix ms, ascending.</param>
    /// <param name="values">The values; NaN breaks the line.</param>
    /// <param name="limit">The most points, <see cref="FewestPoints"/> at least.</param>
    /// <returns>Pairs of time and value in order.</returns>
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
    /// How many buckets fit: each gives two points at most and each point but the first may need a break before it, if there are that many.
    /// </summary>
    internal static int BucketCount(int breaks, int limit) => Math.Max((limit - 2 - breaks) / 2, (limit - 3) / 4);

    /// <summary>The bucket a time lies in.</summary>
    internal static int BucketOf(long time, long first, long last, int buckets) =>
        last == first ? 0 : (int)Math.Min(buckets - 1, (double)(time - first) / (last - first) * buckets);

    /// <summary>The first and the last value, and how often the line breaks between them; -1 if there is no value.</summary>
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

        private void Take(Candidate one, Candidate other)
        {
            Take(one.Index < other.Index ? one : other);
            Take(one.Index < other.Index ? other : one);
        }

        private void Take(Candidate point)
        {
            if (point.Index <= _taken.Index)
            {
                return;
            }

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

    /// <summary>A point that may stay.</summary>
    /// <param name="Index">Where it is.</param>
    /// <param name="LastBreak">The last break before it; -1 if there is none.</param>
    private readonly record struct Candidate(int Index, int LastBreak);
}
