using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Measurements.Ranges;

/// <summary>A portal that time passes in: what is missing afterwards, and why.</summary>
public sealed class RangeQueryTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);
    private static readonly DateTimeOffset Start = new(2031, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private readonly (string A, string B) _loggers = (Some.Serial(), Some.Serial());
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await _portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await PassAsync(20, _loggers.A, _loggers.B);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ReadPoint_NothingMissing_HasNoGap()
    {
        var channel = await ReadAsync();

        Assert.Empty(channel.Gaps);
        Assert.Equal((20, 1), (channel.Points.Count, channel.Statistics.Coverage));
        Assert.Empty(channel.Late);
    }

    [Fact]
    public async Task ReadPoint_PortalWasInMaintenance_SaysSo()
    {
        var from = _time.GetUtcNow();
        await _portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(30), "new disk");
        _time.Advance(TimeSpan.FromMinutes(33));
        await PassAsync(3, _loggers.A);

        Assert.Equal([new HistoryGap(Ms(from - Interval), Ms(from.AddMinutes(33)), GapCause.Maintenance)], (await ReadAsync()).Gaps);
    }

    [Fact]
    public async Task ReadPoint_GatewayNotHeardForLong_WasOffline()
    {
        var from = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(2));
        await PassAsync(3, _loggers.A, _loggers.B);

        Assert.Equal([new HistoryGap(Ms(from - Interval), Ms(from.AddHours(2)), GapCause.GatewayOffline)], (await ReadAsync()).Gaps);
    }

    [Fact]
    public async Task ReadPoint_GatewayStillNotHeard_IsOffline()
    {
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal([GapCause.GatewayOffline], (await ReadAsync()).Gaps.Select(g => g.Cause));
    }

    [Fact]
    public async Task ReadPoint_OthersWereHeard_WasNotHeardItself()
    {
        await PassAsync(10, _loggers.B);
        await PassAsync(3, _loggers.A, _loggers.B);

        Assert.Equal([GapCause.NotHeard], (await ReadAsync()).Gaps.Select(g => g.Cause));
    }

    [Fact]
    public async Task ReadPoint_SetToN_WasNotSynchronised()
    {
        await SetAsync(false);
        await PassAsync(10, _loggers.B);
        await SetAsync(true);
        await PassAsync(3, _loggers.A, _loggers.B);

        Assert.Equal([GapCause.NotSynchronised], (await ReadAsync()).Gaps.Select(g => g.Cause));
    }

    [Fact]
    public async Task ReadPoint_SensorErrors_AreTheCause()
    {
        for (var i = 0; i < 10; i++)
        {
            await _portal.Client.MeasureAsync(Some.Body(Some.Record(_loggers.A, _time.GetUtcNow(), 8_388_557)));
            _time.Advance(Interval);
        }

        await PassAsync(3, _loggers.A);

        var channel = await ReadAsync();
        Assert.Equal([GapCause.NoValue], channel.Gaps.Select(g => g.Cause));
        Assert.Equal((23, 10), (channel.Statistics.Count, channel.Statistics.WithoutValue));
        Assert.Equal(23 / 33d, channel.Statistics.Coverage, 3);
    }

    [Fact]
    public async Task ReadPoint_ShortSilenceOfTheOnlyLogger_IsUnexplained()
    {
        _time.Advance(TimeSpan.FromMinutes(20));
        await PassAsync(3, _loggers.A);

        Assert.Equal([GapCause.Missing], (await ReadAsync()).Gaps.Select(g => g.Cause));
    }

    [Fact]
    public async Task ReadPoint_BackFilled_HasNoGapButIsMarkedLate()
    {
        var from = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(1));
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 20).Select(i => Some.Record(_loggers.A, from + (i * Interval)))));

        var channel = await ReadAsync();

        Assert.Empty(channel.Gaps);
        Assert.Equal([new Stretch(Ms(from), Ms(from + (19 * Interval)))], channel.Late);
    }

    [Fact]
    public async Task ReadPoint_LoggerReplaced_IsOneLineWithAMark()
    {
        var at = _time.GetUtcNow();
        await ReplaceAsync(at);
        await PassAsync(20, _loggers.A, _loggers.B);

        var history = await _portal.Get<RangeQuery>().ReadPointAsync(SiteScope.Everything, 1, at.AddHours(-1), at.AddHours(1));

        var channel = Assert.Single(history.Channels);
        Assert.Equal(40, channel.Points.Count);
        Assert.Empty(channel.Gaps);
        Assert.Equal([new ReplacementMark(at, _loggers.A, _loggers.B)], history.Replacements);
        Assert.Equal((Start, at + (19 * Interval)), (await _portal.Get<RangeQuery>().ExtentOfPointAsync(SiteScope.Everything, 1))!.Value);
    }

    [Fact]
    public async Task ReadTable_BothOrders_GiveEachReadingOnceAndMarkTheLate()
    {
        var at = _time.GetUtcNow();
        await ReplaceAsync(at);
        _time.Advance(TimeSpan.FromHours(1));
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 20).Select(i => Some.Record(_loggers.B, at + (i * Interval), i))));

        foreach (var isNewestFirst in new[] { true, false })
        {
            List<TableRow> rows = [];
            var page = new TablePageRequest(Start, at.AddHours(2), null, isNewestFirst, null, 7);
            for (ReadingPosition? next = null; rows.Count == 0 || next is not null;)
            {
                var read = await _portal.Get<TableQuery>().ReadPointAsync(SiteScope.Everything, 1, page with { After = next });
                rows.AddRange(read.Rows);
                next = read.Next;
            }

            var times = rows.Select(r => r.Reading.MeasuredAtUtc);
            Assert.Equal(Enumerable.Range(0, 40).Select(i => Start + (i * Interval)), isNewestFirst ? times.Reverse() : times);
            Assert.Equal(19, rows.Count(r => r.IsLate && r.LoggerId == 2));
            Assert.Equal(19, rows.Count(r => r.IsLate));
        }
    }

    [Theory]
    [InlineData(2025, 3, 30, 23)]
    [InlineData(2025, 10, 26, 25)]
    [InlineData(2025, 7, 1, 24)]
    public async Task ReadDays_NightOfTheClocks_HaveTheHoursTheyHave(int year, int month, int day, int hours)
    {
        var serial = Some.Serial();
        var date = new DateOnly(year, month, day);
        var begin = new DateTimeOffset(date.AddDays(-1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(10);
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 72).Select(i => Some.Record(serial, begin.AddHours(i), null, 3_600, "ok", Some.Param(i)))));
        await RollUpAsync();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

        var days = await _portal.Get<DayQuery>().ReadPointAsync(SiteScope.Everything, 3, date, date, zone);

        var figures = Assert.Single(days).Statistics;
        Assert.Equal((TimeSpan.FromHours(hours), hours, 1), (figures.Length, figures.Count, figures.Coverage));
    }

    [Fact]
    public async Task ReadDays_ZoneOffByHalfAnHour_CutsHoursAtTheReadings()
    {
        var serial = Some.Serial();
        var begin = new DateTimeOffset(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 48 * 4).Select(i => Some.Record(serial, begin.AddMinutes(15 * i), null, 900, "ok", Some.Param(i)))));
        await RollUpAsync();

        var days = await _portal.Get<DayQuery>().ReadPointAsync(SiteScope.Everything, 3, new DateOnly(2025, 7, 2), new DateOnly(2025, 7, 2), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));

        var figures = Assert.Single(days).Statistics;
        Assert.Equal((96, 74d, 169d), (figures.Count, figures.Min, figures.Max));
    }

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private async Task RollUpAsync()
    {
        while (await _portal.Get<RollupKeeper>().RollUpAsync())
        {
        }
    }

    /// <summary>Time passes, and each of these loggers measures and is heard at once.</summary>
    private async Task PassAsync(int intervals, params string[] serials)
    {
        for (var i = 0; i < intervals; i++)
        {
            foreach (var serial in serials)
            {
                Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, _time.GetUtcNow())))).Status);
            }

            _time.Advance(Interval);
        }
    }

    private async Task<ChannelHistory> ReadAsync() =>
        Assert.Single((await _portal.Get<RangeQuery>().ReadPointAsync(SiteScope.Everything, 1, Start, _time.GetUtcNow())).Channels);

    private async Task SetAsync(bool synchronise)
    {
        var preview = await _portal.Get<SynchroniseSwitch>().PreviewAsync([1], synchronise);
        await _portal.Get<SynchroniseSwitch>().SetAsync(Actor.Command, preview.Changes, "probe broken");
    }

    private async Task ReplaceAsync(DateTimeOffset at)
    {
        var query = _portal.Get<LoggerQuery>();
        var (old, successor) = ((await query.FindAsync(SiteScope.Everything, _loggers.A))!, (await query.FindAsync(SiteScope.Everything, _loggers.B))!);
        Assert.Equal(PointOutcome.Done, await _portal.Get<LoggerReplacement>().ReplaceAsync(Actor.Command, new Replacement
        {
            Point = new Seen(old.Point!.Id, old.Point.Version),
            Old = new Seen(old.Id, old.Version),
            New = new Seen(successor.Id, successor.Version),
            AtUtc = at,
            RetiresOld = false,
            Reason = "battery dead",
        }));
    }
}
