using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Puts neighbouring pieces together, so that few enough are left to draw.
/// <para>
/// Buckets are aligned to 1970, not to the range: a chart that moves on with the clock keeps its buckets, and its old points don't change.
/// An hour or a day can't be divided any more, so the width is a whole number of them (<see cref="BucketGrid"/>).
/// </para>
/// </summary>
internal static class Buckets
{
    /// <summary>
    /// Puts pieces into buckets. A bucket never holds pieces of two loggers. Pieces without values are left out.
    /// </summary>
    /// <param name="pieces">The pieces; none may cross the border of a bucket.</param>
    /// <param name="parts">Which logger measured which pieces.</param>
    /// <param name="kind">How the values behave.</param>
    /// <param name="grid">Where buckets begin.</param>
    /// <param name="widthMs">The width in ms; 0 leaves the pieces as they are.</param>
    public static List<Rollup> Of(
        ReadOnlySpan<Rollup> pieces, IReadOnlyList<Part> parts, MeasurementKind kind, BucketGrid grid, long widthMs)
    {
        List<Rollup> buckets = [];
        foreach (var part in parts)
        {
            Rollup? bucket = null;
            long current = 0;
            for (var i = part.First; i < part.End; i++)
            {
                ref readonly var piece = ref pieces[i];
                if (piece.Count == 0)
                {
                    continue;
                }

                var next = widthMs > 0 ? grid.BucketOf(piece.FirstMs, widthMs) : 0;
                if (bucket is { } open && widthMs > 0 && current == next)
                {
                    bucket = open.Then(piece, kind);
                    continue;
                }

                if (bucket is { } full)
                {
                    buckets.Add(full);
                }

                (bucket, current) = (piece, next);
            }

            if (bucket is { } last)
            {
                buckets.Add(last);
            }
        }

        return buckets;
    }

    /// <summary>
    /// How many buckets to try next, after so many made more points than the limit; always fewer, so that the search ends.
    /// </summary>
    public static int Fewer(int buckets, int points, int limit) => Math.Min(buckets - 1, (int)((double)buckets * limit / points));
}
