using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>Neighbouring pieces of one logger after which the same measurement interval is in force.</summary>
/// <param name="Part">The logger's part of the channel.</param>
/// <param name="First">The index of the first piece.</param>
/// <param name="End">The index after the last piece.</param>
/// <param name="IntervalMs">The interval in ms; 0 if it is not known.</param>
internal readonly record struct Section(Part Part, int First, int End, long IntervalMs)
{
    private const double IntervalsToGap = 1.5;
    private const int FewestSpacingsToDoubt = 5;
    private const double LeastShareKept = 0.05;

    /// <summary>
    /// The longest normal time in ms from one reading to the next: anything longer is a gap. Null if no interval is known.
    /// </summary>
    public double? LongestMs => IntervalMs > 0 ? IntervalsToGap * IntervalMs : null;

    /// <summary>
    /// Cuts the pieces wherever the logger or its interval changes. A section's interval is the one the logger named. If it named none, or
    /// one that hardly any reading keeps, the median spacing is used instead: the vendor's own examples contradict the unit of the
    /// interval.
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
                // A change that was recorded with the last reading of a piece is in force after that piece, so LastMs is compared, not
                // FirstMs.
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

    // Pieces before the first named interval use that one: it is the nearest the portal knows.
    private static long IntervalOf(Part part, int index) => part.Intervals.Count == 0 ? 0 : part.Intervals[Math.Max(0, index)].IntervalMs;

    private static long Judge(ReadOnlySpan<Rollup> pieces, Part part, int first, int end, long namedMs)
    {
        // The named interval counts if there are too few spacings to doubt it, or if at least a few of them keep to it. A logger with many
        // gaps keeps to its interval only now and then. An interval in a wrong unit is never kept.
        var spacings = Spacings(pieces, part, first, end);
        var count = spacings.Sum(s => (long)s.Weight);
        var kept = spacings.Where(s => s.Ms <= IntervalsToGap * namedMs).Sum(s => (long)s.Weight);
        return namedMs > 0 && (count < FewestSpacingsToDoubt || kept >= LeastShareKept * count) ? namedMs : Median(spacings, count);
    }

    /// <summary>
    /// The times between readings: the one from each piece to the next, and within an hour or a day the mean one. A rollup does not keep
    /// the single spacings, so its mean counts as often as it has spacings.
    /// </summary>
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
