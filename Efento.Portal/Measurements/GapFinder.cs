namespace Efento.Portal.Measurements;

/// <summary>
/// Finds the times in which at least one reading is missing: more than 1.5 × the interval in force since the last one. The interval is
/// the one the logger named; where it named none, or one that hardly any reading keeps (the vendor's own examples contradict its unit),
/// the median spacing stands for it.
/// </summary>
public static class GapFinder
{
    private const double IntervalsToGap = 1.5;
    private const int FewestSpacingsToDoubt = 5;
    private const double LeastShareKept = 0.05;

    /// <summary>Lists the gaps between values in order, and puts a break (NaN) into each that has none yet.</summary>
    public static List<HistoryGap> Break(SampleBuffer samples)
    {
        List<HistoryGap> gaps = [];
        List<int> breaks = [];
        for (var i = 0; i < samples.Rhythms.Count; i++)
        {
            var (first, end) = RangeOf(samples, i);
            Find(samples, first, end, LongestSpacing(samples, i), gaps, breaks);
        }

        Insert(samples, breaks);
        return gaps;
    }

    /// <summary>The longest time in ms that may follow the last sample until the next is missing; null if nothing tells.</summary>
    public static double? LongestSpacing(SampleBuffer samples) =>
        samples.Rhythms.Count == 0 ? null : LongestSpacing(samples, samples.Rhythms.Count - 1);

    private static double? LongestSpacing(SampleBuffer samples, int rhythm)
    {
        var (first, end) = RangeOf(samples, rhythm);
        var named = IntervalsToGap * samples.Rhythms[rhythm].IntervalMs;
        return named > 0 && IsKept(samples.Times, first, end, named) ? named : IntervalsToGap * Median(samples.Times, first, end);
    }

    /// <summary>The samples that follow one interval: their spacings are those after each of them.</summary>
    private static (int First, int End) RangeOf(SampleBuffer samples, int rhythm) =>
        (samples.Rhythms[rhythm].FirstSample, rhythm + 1 < samples.Rhythms.Count ? samples.Rhythms[rhythm + 1].FirstSample : samples.Count - 1);

    private static bool IsKept(ReadOnlySpan<long> times, int first, int end, double longest)
    {
        var kept = 0;
        for (var i = first; i < end; i++)
        {
            if (times[i + 1] - times[i] <= longest)
            {
                kept++;
            }
        }

        return end - first < FewestSpacingsToDoubt || kept >= LeastShareKept * (end - first);
    }

    private static long? Median(ReadOnlySpan<long> times, int first, int end)
    {
        if (end <= first)
        {
            return null;
        }

        var spacings = new long[end - first];
        for (var i = first; i < end; i++)
        {
            spacings[i - first] = times[i + 1] - times[i];
        }

        Array.Sort(spacings);
        return spacings[spacings.Length / 2];
    }

    private static void Find(SampleBuffer samples, int first, int end, double? longest, List<HistoryGap> gaps, List<int> breaks)
    {
        var times = samples.Times;
        var values = samples.Values;
        for (var i = first; i < end; i++)
        {
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            if (double.IsNaN(values[i + 1]))
            {
                var next = NextValue(values, i + 1);
                gaps.Add(new HistoryGap(times[i], times[next], GapCause.NoValue));
            }
            else if (times[i + 1] - times[i] > longest)
            {
                gaps.Add(new HistoryGap(times[i], times[i + 1], GapCause.Missing));
                breaks.Add(i);
            }
        }
    }

    /// <summary>The first value from <paramref name="index"/> on, or the last sample if there is none.</summary>
    private static int NextValue(ReadOnlySpan<double> values, int index)
    {
        while (index < values.Length - 1 && double.IsNaN(values[index]))
        {
            index++;
        }

        return index;
    }

    /// <summary>Inserts a break after each of these samples, halfway to the next; from the last to the first, so that each moves once.</summary>
    private static void Insert(SampleBuffer samples, List<int> breaks)
    {
        var end = samples.Count;
        samples.Resize(end + breaks.Count);
        var times = samples.Times;
        var values = samples.Values;
        for (var left = breaks.Count; left > 0; left--)
        {
            var after = breaks[left - 1] + 1;
            times[after..end].CopyTo(times[(after + left)..]);
            values[after..end].CopyTo(values[(after + left)..]);
            times[after + left - 1] = times[after - 1] + ((times[after + left] - times[after - 1]) / 2);
            values[after + left - 1] = double.NaN;
            end = after;
        }
    }
}
