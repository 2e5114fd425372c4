using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Measurements;

public sealed class HistoryQueryTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);
    private readonly DateTimeOffset _now = Some.Now();
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ReadAsync_Range_TakesFromAndLeavesTo()
    {
        await MeasureAsync(Enumerable.Range(0, 5).Select(i => (_now - (4 - i) * Interval, (double)i)));

        var history = await ReadAsync(_now - (3 * Interval), _now);

        Assert.Equal([1, 2, 3], Values(history));
        Assert.Equal((3, false), (history.Readings, history.IsReduced));
        Assert.Empty(history.Gaps);
    }

    [Fact]
    public async Task ReadAsync_ReadingsMissing_BreaksTheLine()
    {
        await MeasureAsync([(_now - (5 * Interval), 1), (_now - (4 * Interval), 2), (_now - Interval, 3)]);

        var history = await ReadAsync(_now.AddHours(-1), _now);

        Assert.Equal([1, 2, double.NaN, 3], Values(history));
        Assert.Equal([new HistoryGap(Ms(_now - (4 * Interval)), Ms(_now - Interval), GapCause.Missing)], history.Gaps);
    }

    [Fact]
    public async Task ReadAsync_IntervalChangedWithinTheHour_JudgesByTheOneInForce()
    {
        var hour = new DateTimeOffset(_now.Ticks - (_now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(-2);
        int[] minutes = [0, 3, 6, 9, 12, 24, 36, 48];
        await _portal.Client.MeasureAsync(Some.Body(minutes.Select(m =>
            Some.Record(_serial, hour.AddMinutes(m), m).Replace("\"measurement_interval\":180", $"\"measurement_interval\":{(m < 12 ? 180 : 720)}"))));

        Assert.Equal(minutes.Select(m => (double)m), Values(await ReadAsync(hour, hour.AddHours(1))));
    }

    [Fact]
    public async Task ReadAsync_ErrorCodeAndNoValue_AreNoNumbers()
    {
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _now - (3 * Interval), 4),
            Some.Record(_serial, _now - (2 * Interval), 8_388_557),
            Some.Record(_serial, _now - Interval, null, Some.Param(null, "NO_VALUE")),
            Some.Record(_serial, _now, 5)));

        Assert.Equal([4, double.NaN, double.NaN, 5], Values(await ReadAsync(_now.AddHours(-1), _now.AddSeconds(1))));
    }

    [Fact]
    public async Task ReadAsync_NothingSinceLong_IsAGapUntilNow()
    {
        await MeasureAsync([(_now.AddHours(-5), 4)]);

        var gap = Assert.Single((await ReadAsync(_now.AddHours(-1), _now)).Gaps);

        Assert.Equal(new HistoryGap(Ms(_now.AddHours(-1)), Ms(_now), GapCause.Missing), gap);
    }

    [Fact]
    public async Task ReadAsync_LastReadingLongAgo_IsAGapAtTheEnd()
    {
        await MeasureAsync([(_now.AddMinutes(-30), 4)]);

        var gap = Assert.Single((await ReadAsync(_now.AddHours(-1), _now)).Gaps);

        Assert.Equal(new HistoryGap(Ms(_now.AddMinutes(-30)), Ms(_now), GapCause.Missing), gap);
    }

    [Fact]
    public async Task ReadAsync_FirstReadingEver_HasNoGapBeforeIt()
    {
        await MeasureAsync([(_now - Interval, 4)]);

        Assert.Empty((await ReadAsync(_now.AddHours(-1), _now)).Gaps);
    }

    [Fact]
    public async Task ReadAsync_RangeBeginsWithinAGap_SaysSo()
    {
        await MeasureAsync([(_now.AddHours(-5), 4), (_now - Interval, 5)]);

        Assert.Equal([new HistoryGap(Ms(_now.AddHours(-1)), Ms(_now - Interval), GapCause.Missing)], (await ReadAsync(_now.AddHours(-1), _now)).Gaps);
    }

    [Fact]
    public async Task ReadAsync_MoreReadingsThanPoints_KeepsTheSpike()
    {
        await MeasureAsync(Enumerable.Range(0, 2_000).Select(i => (_now - (2_000 - i) * Interval, i == 777 ? 30d : 4 + (i % 3))));

        var history = await ReadAsync(_now.AddDays(-30), _now);

        Assert.Contains(30d, Values(history));
        Assert.InRange(history.Points.Length / 2, 500, 1_000);
        Assert.Equal((2_000, true), (history.Readings, history.IsReduced));
    }

    [Fact]
    public async Task ReadAsync_BinarySeries_KeepsEveryChange()
    {
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 1_500).Select(i =>
            Some.Record(_serial, _now - (1_500 - i) * Interval, null, Some.Param(i is 500 or 900 ? 1 : 0, 1, "open-close")))));

        Assert.Equal([0, 1, 0, 1, 0, 0], Values(await ReadAsync(_now.AddDays(-30), _now)));
    }

    [Fact]
    public async Task ReadLastAsync_SeveralSeries_NewestFirstByChannel()
    {
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _now.AddHours(-2), null, Some.Param(1)),
            Some.Record(_serial, _now, null, Some.Param(55, 2, "humidity"), Some.Param(3)),
            Some.Record(_serial, _now - Interval, null, Some.Param(2))));

        var last = await _portal.Get<HistoryQuery>().ReadLastAsync(SiteScope.Everything, Logger, 3);

        Assert.Equal([(1, 3d), (2, 55), (1, 2)], last.Select(r => ((int)r.Channel, r.Reading.Value!.Value)));
    }

    [Fact]
    public async Task ReadAsync_MeasuredInAnOutageAndReceivedAfterIt_IsDelayed()
    {
        await MeasureAsync(Enumerable.Range(0, 21).Select(i => (_now - (i * Interval), (double)i)));
        var outage = new Outage(Ms(_now.AddMinutes(-31)), Ms(_now.AddMinutes(-13)));

        var history = Assert.Single(await _portal.Get<HistoryQuery>().ReadAsync(SiteScope.Everything, Logger, _now.AddHours(-1), _now, outages: [outage]));

        Assert.Empty(history.Gaps);
        Assert.Equal([new DelayedStretch(outage.FromMs, Ms(_now.AddMinutes(-13.5)))], history.Delayed);
    }

    [Fact]
    public async Task ReadAsync_MissingSinceAnOutageThatIsOn_IsMaintenance()
    {
        await MeasureAsync(Enumerable.Range(10, 5).Select(i => (_now - (i * Interval), (double)i)));
        var outage = new Outage(Ms(_now.AddMinutes(-29)), Ms(_now.AddHours(1)));

        var history = Assert.Single(await _portal.Get<HistoryQuery>().ReadAsync(SiteScope.Everything, Logger, _now.AddMinutes(-42), _now, outages: [outage]));

        Assert.Equal([new HistoryGap(Ms(_now.AddMinutes(-30)), Ms(_now), GapCause.Maintenance)], history.Gaps);
        Assert.Empty(history.Delayed);
    }

    private int Logger => _portal.Get<LoggerDirectory>().TryGet(_serial, out var logger) ? logger.Id : 0;

    private static IEnumerable<double> Values(SeriesHistory history) => history.Points.Where((_, i) => i % 2 == 1);

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private Task MeasureAsync(IEnumerable<(DateTimeOffset At, double Value)> readings) =>
        _portal.Client.MeasureAsync(Some.Body(readings.Select(r => Some.Record(_serial, r.At, r.Value))));

    private async Task<SeriesHistory> ReadAsync(DateTimeOffset from, DateTimeOffset to) =>
        Assert.Single(await _portal.Get<HistoryQuery>().ReadAsync(SiteScope.Everything, Logger, from, to));
}
