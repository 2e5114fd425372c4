using CsCheck;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.History;

public sealed class RangeReaderTests : IAsyncLifetime
{
    private const int Minute = 60_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 10, 30, 0, TimeSpan.Zero);
    private ReadingsBench _bench = null!;

    /// <summary>Some days of readings on a grid of 20 minutes with holes, a part of the range, and how many points.</summary>
    private static readonly Gen<(int[] Slots, int From, int Length, int Points)> Ranges =
        from begin in Gen.Int[0, 1_000]
        from isThere in Gen.Int[0, 9].Array[1, 600]
        from start in Gen.Int[-500, 20_000]
        from length in Gen.Int[1, 28_000]
        from points in Gen.Int[MinMax.FewestPoints, 120]
        select (Enumerable.Range(begin, isThere.Length).Where(slot => isThere[slot - begin] > 1).ToArray(), start, length, points);

    public async ValueTask InitializeAsync() => _bench = await ReadingsBench.CreateAsync(Now);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Read_AnyRange_ItsBandContainsEveryReadingWithinThePointsAskedFor() =>
        await OnGridAsync((all, read, _, points) =>
            read.Points.Count <= points
            && read.Points.Zip(read.Points.Skip(1)).All(p => p.First.TimeMs < p.Second.TimeMs)
            && (all.Count == 0
                ? read.Points.All(p => p.IsBreak)
                : all.All(r => read.Points.Any(p => p.Min <= r.Value && r.Value <= p.Max))
                    && read.Points.Where(p => !p.IsBreak).Min(p => p.Min) == all.Min(r => r.Value)
                    && read.Points.Where(p => !p.IsBreak).Max(p => p.Max) == all.Max(r => r.Value)));

    [Fact]
    public async Task Read_AnyRange_ItsFiguresAreThoseOfTheReadings() =>
        await OnGridAsync((all, read, range, _) =>
        {
            var figures = read.Walk.Statistics();
            var ends = all.Select(r => r.AtMs).Skip(1).Append(range.ToMs);
            var covered = all.Zip(ends, (r, next) => Math.Min(20 * Minute, next - r.AtMs)).Sum();
            return (figures.Count, figures.Min, figures.Max) == (
                all.Count, all.Count == 0 ? null : all.Min(r => r.Value), all.Count == 0 ? null : all.Max(r => r.Value))
                && (all.Count == 0 || Math.Abs(figures.Mean!.Value - all.Average(r => r.Value)) < 1e-6)
                && Math.Abs(figures.Covered.TotalMilliseconds - covered - Reaching(range, all)) < 1;
        });

    [Theory]
    [InlineData(ReadingStatus.Error, 1)]
    [InlineData(ReadingStatus.NoValue, 1)]
    [InlineData(ReadingStatus.Error, 24 * 30)]
    public async Task Read_NumberOfAFailedSensor_IsNoValue(ReadingStatus status, int hours)
    {
        var series = await _bench.AddSeriesAsync(intervalSeconds: 600);
        var begin = Now.AddHours(-hours);
        await _bench.StoreAsync(
            series,
            Enumerable.Range(0, hours * 6).Select(
                i => (begin.AddMinutes(10 * i), (double?)(i == 3 ? 0 : 5), i == 3 ? status : ReadingStatus.Valid)));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, begin, Now, maxPoints: 20);

        Assert.Equal((5, 5, 1), (read.Walk.Statistics().Min, read.Walk.Statistics().Mean, read.Walk.Statistics().WithoutValue));
        Assert.DoesNotContain(read.Points, p => p.Min == 0);
    }

    [Proves(ScreenRule.ExtremesSurviveZoomingOut)]
    [Fact]
    public async Task Read_FiveYears_ShowsTheSpikeOfOneReading()
    {
        var series = await _bench.AddSeriesAsync(intervalSeconds: 3_600);
        var begin = Now.AddYears(-5);
        await _bench.StoreAsync(series, Enumerable.Range(0, 43_800).Select(i => (begin.AddHours(i), i == 12_345 ? 31.5 : 4 + (i % 3))));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, begin, Now);

        Assert.InRange(read.Points.Count, 900, 1_000);
        var spike = Assert.Single(read.Points, p => p.Max > 6);
        Assert.Equal((31.5, 4), (spike.Max, spike.Min));
        Assert.True(Math.Abs(spike.TimeMs - begin.AddHours(12_345).ToUnixTimeMilliseconds()) <= 2 * 86_400_000L);
        Assert.InRange(read.Walk.Statistics().Coverage, 0.99, 1);
    }

    [Theory]
    [InlineData("Europe/Warsaw")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    public async Task Read_MoreThanNinetyDays_HasAPointForEachDayOfTheUser(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var series = await _bench.AddSeriesAsync(intervalSeconds: 1_800);
        var begin = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var times = Enumerable.Range(0, 48 * 150).Select(i => begin.AddMinutes(30 * i)).ToList();
        // Each value is the number of its local day, so a point of one day has a band without height.
        await _bench.StoreAsync(series, times.Select(at => (at, (double)TimeZoneInfo.ConvertTime(at, zone).DayOfYear)));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, begin, begin.AddDays(150), zone: zone);

        Assert.Equal(times.Select(at => TimeZoneInfo.ConvertTime(at, zone).Date).Distinct().Count(), read.Points.Count);
        Assert.Equal((1, true), (read.Days, read.IsReduced));
        // Where hours of UTC are not hours of the clock, the hour at midnight belongs to the day it begins in.
        Assert.All(read.Points, p => Assert.InRange(p.Max - p.Min, 0, name == "Asia/Kolkata" ? 1 : 0));
    }

    [Fact]
    public async Task Read_FiveYearsInAZone_HasPointsOfWholeDaysWithinTheLimit()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
        var series = await _bench.AddSeriesAsync(intervalSeconds: 3_600);
        var begin = Now.AddYears(-5);
        await _bench.StoreAsync(series, Enumerable.Range(0, 43_800).Select(i => (begin.AddHours(i), i == 12_345 ? 31.5 : 4d + (i % 3))));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, begin, Now, zone: zone);

        Assert.Equal(2, read.Days);
        Assert.InRange(read.Points.Count, 900, 1_000);
        Assert.Single(read.Points, p => p.Max > 6);
    }

    [Fact]
    public async Task Read_NinetyDaysInAZone_IsNotCutIntoDays()
    {
        var series = await _bench.AddSeriesAsync(intervalSeconds: 3_600);
        await _bench.StoreAsync(series, Enumerable.Range(0, 24 * 90).Select(i => (Now.AddHours(-i), (double)i)));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, Now.AddDays(-90), Now, zone: TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

        Assert.Equal(0, read.Days);
        Assert.InRange(read.Points.Count, 500, 1_000);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(60)]
    [InlineData(8)]
    public async Task Read_HoleOfDays_IsOneGapAtAnyResolution(int points)
    {
        var series = await _bench.AddSeriesAsync(intervalSeconds: 1_200);
        await _bench.StoreAsync(
            series, Enumerable.Range(0, 2_000).Where(i => i is <= 500 or >= 900).Select(i => (Now.AddMinutes(-20 * i), 4d)));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, Now.AddMinutes(-20 * 1_999), Now, points);

        var gap = Assert.Single(read.Walk.Missing);
        Assert.Equal((Ms(-20 * 900), Ms(-20 * 500)), (gap.FromMs, gap.ToMs));
        Assert.Single(read.Points, p => p.IsBreak);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(60)]
    [InlineData(30)]
    public async Task Read_ReadingAloneBetweenGaps_StaysAloneAtAnyResolution(int points)
    {
        var series = await _bench.AddSeriesAsync(intervalSeconds: 180);
        await _bench.StoreAsync(
            series,
            Enumerable.Range(0, 480).Where(i => i is <= 10 or 40 or >= 80).Select(i => (Now.AddMinutes(-3 * i), i is 40 ? 48d : 5)));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, Now.AddDays(-1), Now, points);

        Assert.InRange(read.Points.Count, 9, points);
        Assert.Equal(points < 400, read.IsReduced);
        var alone = read.Points.ToList().FindIndex(p => p.Max == 48);
        Assert.Equal((true, 48, true), (read.Points[alone - 1].IsBreak, read.Points[alone].Min, read.Points[alone + 1].IsBreak));
    }

    [Fact]
    public async Task Read_NothingInTheRangeButBefore_IsAGapUntilNow()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, (Now.AddHours(-5), 4));

        var gap = Assert.Single(_bench.Read(series, Now.AddHours(-1), Now.AddHours(1)).Walk.Missing);

        Assert.Equal((Ms(-60), Ms(0)), (gap.FromMs, gap.ToMs));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(59, 0)]
    [InlineData(61, 1)]
    public async Task Read_GapThatEndsSoonAfterTheBegin_IsToldFromAMinuteOn(int seconds, int gaps)
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, [(Now.AddHours(-9), 4), .. Enumerable.Range(0, 20).Select(i => (Now.AddMinutes(-3 * i), 4d))]);

        Assert.Equal(gaps, _bench.Read(series, Now.AddMinutes(-57).AddSeconds(-seconds), Now.AddSeconds(1)).Walk.Missing.Count);
    }

    [Theory]
    [InlineData(3_600, 0)]
    [InlineData(1_200, 1)]
    public async Task Read_NextMayStillCome_IsNoGap(int interval, int gaps)
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, Enumerable.Range(0, 20).Select(i => (Now.AddMinutes(-40 - (3 * i)), 4d)));
        var logger = new LoggerEntry(series.LoggerId, Some.Serial());
        logger.Note(new LoggerContact(Ms(-40), interval, 0, null, null, 0, null), Ms(-40));
        _bench.Loggers.Add(logger);

        Assert.Equal(gaps, _bench.Read(series, Now.AddHours(-1), Now).Walk.Missing.Count);
    }

    [Fact]
    public async Task Read_BinaryYear_KeepsEachChangeToTheMinute()
    {
        var series = await _bench.AddSeriesAsync("open-close", 3_600);
        var begin = Now.AddDays(-365);
        await _bench.StoreAsync(
            series, Enumerable.Range(0, 365 * 24).Select(i => (begin.AddHours(i), i is > 1_000 and < 1_003 || i == 5_000 ? 1d : 0)));
        await _bench.RollUpAsync();

        var read = _bench.Read(series, begin, Now);

        Assert.Empty(read.Points);
        long At(int hours) => begin.AddHours(hours).ToUnixTimeMilliseconds();
        Assert.Equal(
            [
                (At(0), At(1_001), 0), (At(1_001), At(1_003), 1), (At(1_003), At(5_000), 0), (At(5_000), At(5_001), 1),
                (At(5_001), Ms(0), (int?)0)
            ],
            read.States.Select(s => (s.FromMs, s.ToMs, s.State)));
        Assert.Equal(4, read.Walk.Statistics().Changes);
    }

    [Fact]
    public async Task Read_BinaryThatChangesAllTheTime_CountsItsChanges()
    {
        var series = await _bench.AddSeriesAsync("open-close");
        await _bench.StoreAsync(series, Enumerable.Range(0, 4_000).Select(i => (Now.AddMinutes(-3 * (4_000 - i)), (double)(i % 2))));
        await _bench.RollUpAsync();

        var states = _bench.Read(series, Now.AddMinutes(-12_000), Now, 100).States;

        Assert.InRange(states.Count, 40, 100);
        Assert.All(states, s => Assert.Null(s.State));
        Assert.InRange(states.Sum(s => s.Changes), 3_900, 3_999);
        Assert.All(states, s => Assert.InRange(s.ShareOfOne, 0.45, 0.55));
    }

    [Theory]
    [InlineData("pulse_cnt", (77 * 78 / 2) + 2)]
    [InlineData("water_cnt_acc", 77 + 2)]
    public async Task Read_Counters_CountAsTheirTypesSay(string type, double total)
    {
        var series = await _bench.AddSeriesAsync(type, 3_600);
        var begin = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

        // Grows by one an hour, and begins anew at 2 when the meter was changed.
        await _bench.StoreAsync(
            series, Enumerable.Range(0, 78).Select(i => (begin.AddHours(i), (double)i)).Append((begin.AddHours(78), 2)));
        await _bench.RollUpAsync();

        var figures = _bench.Read(series, begin, begin.AddDays(60)).Walk.Statistics();

        Assert.Equal(total, figures.Total);
    }

    [Fact]
    public async Task Read_CountersOfTwoLoggers_AreNotTakenForOne()
    {
        var (old, successor) = (await _bench.AddSeriesAsync("water_cnt_acc", 3_600), await _bench.AddSeriesAsync("water_cnt_acc", 3_600));
        await _bench.StoreAsync(old, Enumerable.Range(1, 5).Select(i => (Now.AddHours(i - 20), (double)i)));
        await _bench.StoreAsync(successor, Enumerable.Range(1, 5).Select(i => (Now.AddHours(i - 15), 90_000d + i)));
        await _bench.RollUpAsync();
        var (begin, change) = (Now.AddHours(-20), Now.AddHours(-14.5));

        var read = _bench.Ranges.Read(
            old.Type, [ReadingsBench.Span(old, begin, change), ReadingsBench.Span(successor, change, Now)],
            new Stretch(Ms(-20 * 60), Ms(0)), 10);

        Assert.Equal(8, read.Walk.Statistics().Total);
    }

    [Fact]
    public async Task Read_ReadingsThatCameLate_AreMarkedAtAnyResolution()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, Enumerable.Range(0, 20).Select(i => (Now.AddDays(-40).AddMinutes(3 * i), 4d)));
        await _bench.RollUpAsync();
        var first = Now.AddDays(-40).ToUnixTimeMilliseconds();

        foreach (var to in new[] { Now.AddDays(-39), Now })
        {
            Assert.Equal([new Stretch(first, first + (20 * 3 * Minute))], _bench.Read(series, Now.AddDays(-41), to).Walk.Late);
        }
    }

    [Fact]
    public async Task Read_SensorErrorsOverHours_AreInTheGap()
    {
        var series = await _bench.AddSeriesAsync(intervalSeconds: 1_200);
        await _bench.StoreAsync(
            series, Enumerable.Range(0, 600).Select(i => (Now.AddMinutes(-20 * i), i is > 100 and < 200 ? double.NaN : 4)));
        await _bench.RollUpAsync();

        var gap = Assert.Single(_bench.Read(series, Now.AddDays(-8), Now, 50).Walk.Missing);

        Assert.Equal(
            [new HistoryGap(Ms(-20 * 200), Ms(-20 * 100), GapCause.NoValue)],
            GapExplainer.Explain(
                new Stretch(gap.FromMs, gap.ToMs), gap.Section.LongestMs!.Value, new() { WithoutValue = gap.WithoutValue }));
    }

    /// <summary>What the last reading before the range covers of it.</summary>
    private double Reaching(Stretch range, IReadOnlyList<(long AtMs, double Value)> all) =>
        _before is { } before ? Math.Max(0, Math.Min(before + (20 * Minute), all.Count > 0 ? all[0].AtMs : range.ToMs) - range.FromMs) : 0;

    private long? _before;

    private async Task OnGridAsync(Func<IReadOnlyList<(long AtMs, double Value)>, ChannelRange, Stretch, int, bool> holds)
    {
        var begin = Now.AddDays(-20);
        await Ranges.SampleAsync(
            async sample =>
            {
                var series = await _bench.AddSeriesAsync(intervalSeconds: 1_200);
                var stored = sample.Slots.Select((slot, i) => (At: begin.AddMinutes(20 * slot), Value: (double)((i * 37) % 101)))
                    .Where(r => r.At < Now)
                    .ToList();
                if (stored.Count == 0)
                {
                    return true;
                }

                await _bench.StoreAsync(series, stored.Select(r => (r.At, r.Value)));
                await _bench.RollUpAsync();
                var (from, to) = (begin.AddMinutes(sample.From), begin.AddMinutes(sample.From + sample.Length));
                to = to > Now ? Now : to;
                if (from >= to)
                {
                    return true;
                }

                _before = stored.Where(r => r.At < from).Select(r => (long?)r.At.ToUnixTimeMilliseconds()).LastOrDefault();
                var inRange = stored.Where(r => r.At >= from && r.At < to).Select(r => (r.At.ToUnixTimeMilliseconds(), r.Value)).ToList();
                return holds(
                    inRange, _bench.Read(series, from, to, sample.Points),
                    new Stretch(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()), sample.Points);
            },
            iter: 100,
            threads: 1);
    }

    private static long Ms(int minutes) => Now.AddMinutes(minutes).ToUnixTimeMilliseconds();
}
