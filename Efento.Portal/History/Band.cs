using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Turns pieces into the points of a band that contains every reading.
/// <para>
/// If the pieces fit within the limit, each is a point, unless points are whole days. Otherwise neighbours share a bucket, with their
/// minimum, maximum and mean. How many buckets fit can't be calculated: a gap between two buckets costs one more point, a gap within a
/// bucket costs none, and which of them it is depends on the width. So it is tried, with fewer buckets each time.
/// </para>
/// </summary>
internal static class Band
{
    /// <summary>At most <paramref name="limit"/> points, breaks included, and the width of their buckets in ms.</summary>
    public static (List<BandPoint> Points, long WidthMs) Of(
        ReadOnlySpan<Rollup> pieces, IReadOnlyList<Part> parts, IReadOnlyList<MissingTime> missing, MeasurementKind kind, Stretch range,
        int limit, BucketGrid grid)
    {
        var width = grid.NarrowestMs;
        var points = Points(Buckets.Of(pieces, parts, kind, grid, width), missing, kind);

        // Buckets are aligned to 1970, so a range that begins within a bucket has one more. Each logger that took over begins another one.
        for (var buckets = Math.Max(1, limit - parts.Count - 1); points.Count > limit && buckets > 0;
            buckets = Buckets.Fewer(buckets, points.Count, limit))
        {
            width = grid.WidthMs(range, buckets);
            points = Points(Buckets.Of(pieces, parts, kind, grid, width), missing, kind);
        }

        return (points, width);
    }

    private static List<BandPoint> Points(List<Rollup> buckets, IReadOnlyList<MissingTime> missing, MeasurementKind kind)
    {
        var points = new List<BandPoint>(buckets.Count);
        var gap = 0;
        for (var i = 0; i < buckets.Count; i++)
        {
            var bucket = buckets[i];
            if (i > 0 && IsBreak(buckets[i - 1].LastMs, missing, ref gap))
            {
                points.Add(new BandPoint(Middle(buckets[i - 1].LastMs, bucket.FirstMs), double.NaN, double.NaN, double.NaN));
            }

            points.Add(
                new BandPoint(Middle(bucket.FirstMs, bucket.LastMs), bucket.Min, bucket.Max, bucket.Mean, bucket.TotalOf(kind))
                {
                    Count = bucket.Count,
                });
        }

        return points;
    }

    /// <summary>
    /// Whether a gap begins with this value. A gap begins exactly at the last value before it, and a bucket keeps the time of its last
    /// value, so equality is enough. Gaps that ended up within a bucket are passed over.
    /// </summary>
    private static bool IsBreak(long lastMs, IReadOnlyList<MissingTime> missing, ref int gap)
    {
        while (gap < missing.Count && missing[gap].FromMs < lastMs)
        {
            gap++;
        }

        return gap < missing.Count && missing[gap].FromMs == lastMs;
    }

    private static long Middle(long fromMs, long toMs) => fromMs + ((toMs - fromMs) / 2);
}
