using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>Draws pieces as points of a band that contains every reading.</summary>
internal static class Band
{
    /// <summary>The points, breaks among them: <paramref name="limit"/> at most.</summary>
    public static List<BandPoint> Of(
        ReadOnlySpan<Rollup> pieces, IReadOnlyList<Part> parts, IReadOnlyList<MissingTime> missing, MeasurementKind kind, Stretch range, int limit, Resolution resolution)
    {
        var points = Points(Buckets.Of(pieces, parts, kind, widthMs: 0), missing, kind);

        // One more where the range begins within a bucket, and one for each logger that took over.
        for (var buckets = Math.Max(1, limit - parts.Count - 1); points.Count > limit && buckets > 0; buckets = Buckets.Fewer(buckets, points.Count, limit))
        {
            points = Points(Buckets.Of(pieces, parts, kind, Buckets.WidthMs(range, buckets, resolution)), missing, kind);
        }

        return points;
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

            points.Add(new BandPoint(Middle(bucket.FirstMs, bucket.LastMs), bucket.Min, bucket.Max, bucket.Mean, bucket.TotalOf(kind)));
        }

        return points;
    }

    /// <summary>Whether values are missing after this one.</summary>
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
