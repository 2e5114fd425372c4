using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>Pieces of one logger with one interval in force after each of them.</summary>
/// <param name="Part">The logger's part.</param>
/// <param name="First">The first piece.</param>
/// <param name="End">The piece after the last.</param>
/// <param name="IntervalMs">The interval in ms; 0 if nothing tells.</param>
internal readonly record struct Section(Part Part, int First, int End, long IntervalMs)
{
    private const double IntervalsToGap = 1.5;
    private const int FewestSpacingsToDoubt = 5;
    private const double LeastShareKept = 0.05;

    /// <summary>The longest time in ms that may follow a reading until one is missing; null if nothing tells.</summary>
    public double? LongestMs => IntervalMs > 0 ? IntervalsToGap * IntervalMs : null;

    /// <summary>
    /// Cuts pieces where the logger or its interval changes. The interval is the one it named; where it named none, or one that hardly any
    /// reading keeps (the vendor's own examples contradict its unit), the median spacing stands for it.
    /// </summary>
    public static List<Section> Of(ReadOnlySpan<Rollup> pieces, IReadOnlyList<Part> parts)
    {
        List<Section> sections = [];
        foreach (var part in parts)
        {
            var inForce = -1;
            var first = part.First;
            for (var i = part.First; i < part.End; i++)
            {
                var next = inForce;
                while (next + 1 < part.Intervals.Count && part.Intervals[next + 1].FromMs <= pieces[i].LastMs)
                {
                    next++;
                }

                if (next != inForce && i > first && IntervalOf(part, next) != IntervalOf(part, inForce))
                {
                    sections.Add(new Section(part, first, i, Judge(pieces, part, first, i, IntervalOf(part, inForce))));
                    first = i;
                }

                inForce = next;
            }

            sections.Add(new Section(part, first, part.End, Judge(pieces, part, first, part.End, IntervalOf(part, inForce))));
        }

        return sections;
    }

    private static long IntervalOf(Part part, int index) => part.Intervals.Count == 0 ? 0 : part.Intervals[Math.Max(0, index)].IntervalMs;

    private static long Judge(ReadOnlySpan<Rollup> pieces, Part part, int first, int end, long namedMs)
    {
        var spacings = Spacings(pieces, part, first, end);
        var count = spacings.Sum(s => (long)s.Weight);
        var kept = spacings.Where(s => s.Ms <= IntervalsToGap * namedMs).Sum(s => (long)s.Weight);
        return namedMs > 0 && (count < FewestSpacingsToDoubt || kept >= LeastShareKept * count) ? namedMs : Median(spacings, count);
    }

    /// <summary>The times between readings: those after each piece, and within a piece of many their mean, as often as there are.</summary>
    private static List<(double Ms, int Weight)> Spacings(ReadOnlySpan<Rollup> pieces, Part part, int first, int end)
    {
        var spacings = new List<(double, int)>(end - first);
        for (var i = first; i < end; i++)
        {
            ref readonly var piece = ref pieces[i];
            var within = piece.Count + piece.Empty - 1;
            if (within > 0 && piece.LastMs > piece.FirstMs)
            {
                spacings.Add(((piece.LastMs - piece.FirstMs) / (double)within, within));
            }

            if (i + 1 < part.End)
            {
                spacings.Add((pieces[i + 1].FirstMs - piece.LastMs, 1));
            }
        }

        return spacings;
    }

    private static long Median(List<(double Ms, int Weight)> spacings, long count)
    {
        long seen = 0;
        foreach (var (ms, weight) in spacings.OrderBy(s => s.Ms))
        {
            seen += weight;
            if (seen > count / 2)
            {
                return (long)ms;
            }
        }

        return 0;
    }
}
