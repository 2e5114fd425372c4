using CsCheck;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Tests.Measurements.Rollups;

public sealed class RollupTests
{
    private static readonly Gen<Rollup[]> Readings =
        from values in Gen.Select(Gen.Int[-1, 9], Gen.Int[0, 600]).Array[1, 40]
        select values.Select((v, i) => Rollup.Of(i * 60_000L, v.Item1 < 0 ? double.NaN : v.Item1, (i * 60_000L) + v.Item2)).ToArray();

    [Fact]
    public void Then_CutAnywhere_IsTheSame() =>
        Gen.Select(Readings, Gen.Int[0, 40], Gen.Enum<MeasurementKind>()).Sample((readings, cut, kind) =>
        {
            cut = Math.Min(cut, readings.Length);
            var (before, after) = (readings[..cut], readings[cut..]);
            return before.Length == 0
                || after.Length == 0
                || Together(readings, kind) == Together(before, kind).Then(Together(after, kind), kind);
        });

    [Fact]
    public void Then_AnyReadings_CountsEachOnce() =>
        Readings.Sample(readings =>
        {
            var all = Together(readings, MeasurementKind.Continuous);
            var valued = readings.Where(r => r.Count > 0).ToList();
            return (all.Count, all.Empty) == (valued.Count, readings.Length - valued.Count)
                && (valued.Count == 0 || (all.Min, all.Max, all.Sum, all.FirstMs, all.LastMs)
                    == (valued.Min(v => v.Min), valued.Max(v => v.Max), valued.Sum(v => v.Sum), valued[0].FirstMs, valued[^1].LastMs));
        });

    [Theory]
    [InlineData(MeasurementKind.Binary, 3, new[] { 0d, 1, 1, 0, 1 })]
    [InlineData(MeasurementKind.RunningCounter, 32, new[] { 100d, 110, 130, 2 })]
    [InlineData(MeasurementKind.RunningCounter, 1, new[] { 2157d, 2156, 2158 })]
    [InlineData(MeasurementKind.RunningCounter, 0, new[] { 2157d, 2156, 2157, 2156, 2157 })]
    [InlineData(MeasurementKind.RunningCounter, 5, new[] { 2157d, 1500, 1505 })]
    [InlineData(MeasurementKind.RunningCounter, 215, new[] { 2157d, 215 })]
    [InlineData(MeasurementKind.RunningCounter, 4, new[] { 3d, 2, 7 })]
    [InlineData(MeasurementKind.RunningCounter, 3, new[] { 1d, 0, 3 })]
    [InlineData(MeasurementKind.Continuous, 0, new[] { 1d, 2, 3 })]
    public void Then_Kinds_MoveTheirOwnWay(MeasurementKind kind, double moved, double[] values) =>
        Assert.Equal(moved, Together([.. values.Select((v, i) => Rollup.Of(i, v, i))], kind).Moved);

    [Fact]
    public void TotalOf_ATotalThatFellByAStep_IsNothing() =>
        Assert.Equal(
            0,
            Together(
                [Rollup.Of(0, 2157, 0), Rollup.Of(1, 2156, 1)], MeasurementKind.RunningCounter).TotalOf(MeasurementKind.RunningCounter));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3_599_999, 0)]
    [InlineData(3_600_000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-3_600_000, -1)]
    public void Hours_AnyTime_IsTheHourItLiesIn(long ms, long hour) => Assert.Equal(hour, Hours.Of(ms));

    [Fact]
    public void Hours_BitsOfPartOfADay_AreItsHours() =>
        Assert.Equal((0b110, (1 << Hours.PerDay) - 1, 0), (Hours.BitsOf(2, 49, 51), Hours.BitsOf(2, 0, 100), Hours.BitsOf(2, 0, 48)));

    private static Rollup Together(Rollup[] readings, MeasurementKind kind) => readings.Aggregate((sum, next) => sum.Then(next, kind));
}
