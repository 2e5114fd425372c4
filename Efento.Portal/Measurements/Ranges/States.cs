using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>Draws a binary channel as stretches of one state.</summary>
internal static class States
{
    /// <summary>The stretches of pieces of one state or of several, in order.</summary>
    /// <param name="pieces">Pieces with values, in order.</param>
    /// <param name="missing">Where values are missing: no state reaches over it.</param>
    /// <param name="untilMs">The end of the range, or the present.</param>
    public static List<StateStretch> Of(IReadOnlyList<Rollup> pieces, IReadOnlyList<MissingTime> missing, long untilMs)
    {
        List<StateStretch> stretches = [];
        HashSet<long> lastBeforeGap = [.. missing.Select(m => m.FromMs)];
        for (var i = 0; i < pieces.Count;)
        {
            var first = pieces[i];
            var last = first;
            var sum = first;
            for (i++; i < pieces.Count && IsOneState(sum) && IsOneState(pieces[i]) && pieces[i].First == sum.Last && !lastBeforeGap.Contains(last.LastMs); i++)
            {
                last = pieces[i];
                sum = sum.Then(last, MeasurementKind.Binary);
            }

            var endMs = lastBeforeGap.Contains(last.LastMs) ? last.LastMs : i < pieces.Count ? pieces[i].FirstMs : untilMs;
            stretches.Add(IsOneState(sum)
                ? new StateStretch(first.FirstMs, endMs, (int)sum.Last, 0, sum.Mean)
                : new StateStretch(first.FirstMs, endMs, null, (long)sum.Moved, sum.Mean));
        }

        return stretches;
    }

    /// <summary>Whether a piece is in one state from its first to its last reading.</summary>
    public static bool IsOneState(in Rollup piece) => piece.Min == piece.Max;
}
