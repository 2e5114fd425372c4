using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>Puts neighbouring pieces together, so that few enough are left to be drawn.</summary>
internal static class Buckets
{
    /// <summary>The pieces in buckets of equal width; what two loggers measured never shares one. Pieces without value are left out.</summary>
    /// <param name="pieces">The pieces; none reaches over the border of a bucket.</param>
    /// <param name="parts">Which logger measured which.</param>
    /// <param name="kind">How the values behave.</param>
    /// <param name="widthMs">The width in ms; 0 leaves the pieces as they are.</param>
    public static List<Rollup> Of(ReadOnlySpan<Rollup> pieces, IReadOnlyList<Part> parts, MeasurementKind kind, long widthMs)
    {
        List<Rollup> buckets = [];
        foreach (var part in parts)
        {
            Rollup? bucket = null;
            for (var i = part.First; i < part.End; i++)
            {
                ref readonly var piece = ref pieces[i];
                if (piece.Count == 0)
                {
                    continue;
                }

                if (bucket is { } open && widthMs > 0 && BucketOf(open.FirstMs, widthMs) == BucketOf(piece.FirstMs, widthMs))
                {
                    bucket = open.Then(piece, kind);
                    continue;
                }

                if (bucket is { } full)
                {
                    buckets.Add(full);
                }

                bucket = piece;
            }

            if (bucket is { } last)
            {
                buckets.Add(last);
            }
        }

        return buckets;
    }

    /// <summary>How wide buckets are so that a range has at most so many of them, in whole units of its resolution, in ms.</summary>
    public static long WidthMs(Stretch range, int buckets, Resolution resolution)
    {
        var unit = resolution switch
        {
            Resolution.Raw => 1,
            Resolution.Hour => SqliteReadingStore.HourMs,
            _ => SqliteReadingStore.HourMs * Hours.PerDay,
        };
        var width = Math.Max(1, (range.ToMs - range.FromMs + buckets - 1) / buckets);
        return (width + unit - 1) / unit * unit;
    }

    /// <summary>How many buckets to try next, when so many made more points than the limit.</summary>
    public static int Fewer(int buckets, int points, int limit) => Math.Min(buckets - 1, (int)((double)buckets * limit / points));

    private static long BucketOf(long ms, long widthMs) => (ms / widthMs) - (ms % widthMs < 0 ? 1 : 0);
}
