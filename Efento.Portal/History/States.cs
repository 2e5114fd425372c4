using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Turns a binary channel into stretches of one state.
/// <para>
/// A state lasts until the next one begins, not until its own last reading. A gap ends it earlier, at the last reading before the gap.
/// A gap begins exactly at that reading, so it is found by its time. A piece with both states stays a stretch of its own: the order
/// of the changes within it is not known.
/// </para>
/// </summary>
internal static class States
{
    /// <summary>The stretches of pieces that hold one state or both, in order.</summary>
    /// <param name="pieces">Pieces with values, in order.</param>
    /// <param name="missing">The missing times; no state crosses one.</param>
    /// <param name="untilMs">The end of the range, or the present if that is earlier.</param>
    public static List<StateStretch> Of(IReadOnlyList<Rollup> pieces, IReadOnlyList<MissingTime> missing, long untilMs)
    {
        List<StateStretch> stretches = [];
        HashSet<long> lastBeforeGap = [.. missing.Select(m => m.FromMs)];
        for (var i = 0; i < pieces.Count;)
        {
            var first = pieces[i];
            var last = first;
            var sum = first;
            for (i++; i < pieces.Count && IsOneState(sum) && IsOneState(pieces[i]) && pieces[i].First == sum.Last
                && !lastBeforeGap.Contains(last.LastMs); i++)
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

    /// <summary>Whether all values of a piece are the same state; false if it has no values (NaN).</summary>
    public static bool IsOneState(in Rollup piece) => piece.Min == piece.Max;
}
