using CsCheck;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class MinMaxTests
{
    /// <summary>Lines with times in order, few different values so that extremes are shared, and breaks from none to many.</summary>
    private static readonly Gen<(long[] Times, double[] Values, int Limit)> Lines =
        from count in Gen.Int[0, 400]
        from breaks in Gen.Int[0, 9]
        from steps in Gen.Long[1, 100_000].Array[count]
        from values in Gen.Select(Gen.Int[0, 9], Gen.Int[-50, 50]).Array[count]
        from limit in Gen.Int[MinMax.FewestPoints, 200]
        select (
            steps.Aggregate(new List<long>(), (times, step) => [.. times, (times.Count == 0 ? 0 : times[^1]) + step]).ToArray(),
            values.Select(v => v.Item1 < breaks ? double.NaN : v.Item2).ToArray(),
            limit);

    [Fact]
    public void Reduce_AnyLine_IsNeverLongerThanTheLimit() =>
        Lines.Sample(line => Reduced(line).Count <= line.Limit);

    [Fact]
    public void Reduce_AnyLine_StaysInOrder() =>
        Lines.Sample(line => Reduced(line).Zip(Reduced(line).Skip(1)).All(pair => pair.First.Time < pair.Second.Time));

    [Fact]
    public void Reduce_AnyLine_KeepsPointsThatWereThere() =>
        Lines.Sample(line => Values(Reduced(line)).All(Values(Points(line)).Contains));

    [Fact]
    public void Reduce_AnyLine_KeepsFirstLastAndExtremes() =>
        Lines.Sample(line =>
        {
            var (all, kept) = (Values(Points(line)), Values(Reduced(line)));
            return all.Count == 0
                ? kept.Count == 0
                : (kept[0], kept[^1], kept.Min(p => p.Value), kept.Max(p => p.Value))
                    == (all[0], all[^1], all.Min(p => p.Value), all.Max(p => p.Value));
        });

    [Fact]
    public void Reduce_LineOverTheLimit_KeepsExtremesOfEachBucket() =>
        Lines.Where(line => line.Times.Length > line.Limit && Values(Points(line)).Count > 0).Sample(line =>
        {
            var all = Values(Points(line));
            var buckets = MinMax.BucketCount(MinMax.Extent(line.Values).Breaks, line.Limit);
            int BucketOf((long Time, double Value) point) => MinMax.BucketOf(point.Time, all[0].Time, all[^1].Time, buckets);
            var kept = Values(Reduced(line)).ToLookup(BucketOf, p => p.Value);
            return all.GroupBy(BucketOf, p => p.Value).All(b => kept[b.Key].Contains(b.Min()) && kept[b.Key].Contains(b.Max()));
        });

    [Fact]
    public void Reduce_AnyLine_BreaksExactlyWhereALineBreaks() =>
        Lines.Sample(line =>
        {
            var breaks = Points(line).Where(p => double.IsNaN(p.Value)).Select(p => p.Time).ToArray();
            var kept = Reduced(line);
            for (var i = 1; i < kept.Count; i++)
            {
                var (before, after) = (kept[i - 1], kept[i]);
                if (!double.IsNaN(before.Value) && !double.IsNaN(after.Value) && breaks.Any(b => b > before.Time && b < after.Time))
                {
                    return false;
                }
            }

            return kept.Where(p => double.IsNaN(p.Value)).All(p => breaks.Contains(p.Time));
        });

    [Fact]
    public void Reduce_SpikeOfOneSampleInAMonth_Stays()
    {
        var times = Enumerable.Range(0, 43_200).Select(i => i * 60_000L).ToArray();
        var values = times.Select((_, i) => i == 31_234 ? 9.5 : 4.0).ToArray();

        Assert.Contains((31_234 * 60_000L, 9.5), Reduced((times, values, 1_000)));
    }

    [Fact]
    public void Reduce_ValueAloneBetweenBreaks_StaysAlone()
    {
        var times = Enumerable.Range(0, 1_000).Select(i => i * 60_000L).ToArray();
        var values = times.Select((_, i) => i is > 500 and < 560 and not 530 ? double.NaN : i % 7).ToArray();

        var kept = Reduced((times, values, 100));

        var alone = kept.FindIndex(p => p.Time == times[530]);
        Assert.Equal([double.NaN, values[530], double.NaN], kept[(alone - 1)..(alone + 2)].Select(p => p.Value));
    }

    [Fact]
    public void Reduce_LineWithoutBreaks_UsesTheRoomThereIs()
    {
        var times = Enumerable.Range(0, 43_200).Select(i => i * 60_000L).ToArray();
        var values = times.Select((_, i) => (double)(i * 37 % 101)).ToArray();

        Assert.InRange(Reduced((times, values, 1_000)).Count, 990, 1_000);
    }

    private static List<(long Time, double Value)> Points((long[] Times, double[] Values, int Limit) line) =>
        [.. line.Times.Zip(line.Values)];

    private static List<(long Time, double Value)> Values(IEnumerable<(long Time, double Value)> points) =>
        [.. points.Where(p => !double.IsNaN(p.Value))];

    private static List<(long Time, double Value)> Reduced((long[] Times, double[] Values, int Limit) line) =>
        [.. MinMax.Reduce(line.Times, line.Values, line.Limit).Chunk(2).Select(p => ((long)p[0], p[1]))];
}
