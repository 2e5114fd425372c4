using CsCheck;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class StateChangesTests
{
    private static readonly Gen<double[]> States = Gen.Int[0, 20].Select(i => i == 20 ? double.NaN : i < 15 ? 0d : 1d).Array[0, 300];

    [Fact]
    public void Reduce_RoomEnough_TellsTheStateAtEachTime() =>
        States.Sample(values => Expand(Reduce(values, 1_000), values.Length).SequenceEqual(values.Select(v => double.IsNaN(v) ? -1 : v)));

    [Fact]
    public void Reduce_AnyStates_IsNeverLongerThanTheLimit() =>
        States.Sample(values => Reduce(values, 20).Count <= 20);

    [Fact]
    public void Reduce_OneChangeInAMonth_IsAHandfulOfPoints()
    {
        var values = Enumerable.Range(0, 43_200).Select(i => i < 20_000 ? 0d : 1d).ToArray();

        Assert.Equal([(0L, 0d), (20_000L, 1d), (43_199L, 1d)], Reduce(values, 1_000));
    }

    [Fact]
    public void Reduce_MoreChangesThanPoints_ShowsBothStates()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? 0d : 1d).ToArray();

        Assert.Equal([0d, 1d], Reduce(values, 100).Select(p => p.Value).Distinct().Order());
    }

    /// <summary>The state a step line shows at each time; -1 where it is broken.</summary>
    private static double[] Expand(List<(long Time, double Value)> points, int count)
    {
        var states = Enumerable.Repeat(-1d, count).ToArray();
        for (var i = 0; i < points.Count; i++)
        {
            var until = i + 1 < points.Count ? points[i + 1].Time : points[i].Time + 1;
            for (var t = points[i].Time; t < until && !double.IsNaN(points[i].Value); t++)
            {
                states[t] = points[i].Value;
            }
        }

        return states;
    }

    private static List<(long Time, double Value)> Reduce(double[] values, int limit) =>
        [.. StateChanges.Reduce([.. Enumerable.Range(0, values.Length).Select(i => (long)i)], values, limit).Chunk(2).Select(p => ((long)p[0], p[1]))];
}
