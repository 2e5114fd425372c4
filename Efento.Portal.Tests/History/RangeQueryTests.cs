using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.History;

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

        var history = await _portal.Get<RangeQuery>().ReadAsync(await _portal.PointAsync(1), at.AddHours(-1), at.AddHours(1));

        var channel = Assert.Single(history.Channels);
        Assert.Equal(40, channel.Points.Count);
        Assert.Empty(channel.Gaps);
        Assert.Equal([new ReplacementMark(at, _loggers.A, _loggers.B)], history.Replacements);
        Assert.Equal((Start, at + (19 * Interval)), _portal.Get<RangeQuery>().ExtentOf(await _portal.PointAsync(1))!.Value);
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
                var read = await _portal.Get<TableQuery>().ReadAsync(await _portal.PointAsync(1), page with { After = next });
                rows.AddRange(read.Rows);
                next = read.Next;
            }

            var times = rows.Select(r => r.Reading.MeasuredAtUtc);
            Assert.Equal(Enumerable.Range(0, 40).Select(i => Start + (i * Interval)), isNewestFirst ? times.Reverse() : times);
            Assert.Equal(19, rows.Count(r => r.IsLate && r.LoggerId == 2));
            Assert.Equal(19, rows.Count(r => r.IsLate));
        }
    }

    [Fact]
    public async Task ReadMoments_AnyPageSize_GivesEachMomentOnceWithAllItsReadings()
    {
        var at = _time.GetUtcNow().AddDays(-1);
        var serial = Some.Serial();
        Assert.Equal(
            201,
            (
                await _portal.Client.MeasureAsync(
                    Some.Body(Enumerable.Range(0, 11).Select(i => Some.Record(serial, at + (i * Interval), null, Channels(i)))))).Status);
        var point = await _portal.PointAsync(3);

        foreach (var (isNewestFirst, size) in new[] { (true, 1), (true, 3), (false, 4), (false, 11), (true, 50) })
        {
            List<MomentRow> rows = [];
            var page = new TablePageRequest(at, at.AddDays(1), null, isNewestFirst, null, size);
            for (ReadingPosition? next = null; rows.Count == 0 || next is not null;)
            {
                var read = await _portal.Get<TableQuery>().ReadMomentsAsync(point, page with { After = next });
                Assert.InRange(read.Rows.Count, 1, size);
                rows.AddRange(read.Rows);
                next = read.Next;
            }

            var moments = isNewestFirst ? Enumerable.Reverse(rows).ToList() : rows;
            Assert.Equal(Enumerable.Range(0, 11).Select(i => at + (i * Interval)), moments.Select(m => m.MeasuredAtUtc));
            Assert.Equal(Enumerable.Range(0, 11).Select(i => Channels(i).Length), moments.Select(m => m.Readings.Count));
        }

        // Every third time a channel is left out.
        static string[] Channels(int i) =>
            i % 3 == 0 ? [Some.Param(i)] : [Some.Param(i), Some.Param(40, 2, "humidity"), Some.Param(i, 3)];
    }

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private async Task RollUpAsync()
    {
        while (await _portal.Get<RollupJob>().RollUpAsync())
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
        Assert.Single((await _portal.Get<RangeQuery>().ReadAsync(await _portal.PointAsync(1), Start, _time.GetUtcNow())).Channels);

    private async Task SetAsync(bool synchronise)
    {
        var preview = await _portal.Get<SynchroniseSwitch>().PreviewAsync([1], synchronise);
        await _portal.Get<SynchroniseSwitch>().SetAsync(Actor.Command, preview.Changes, "probe broken");
    }

    private async Task ReplaceAsync(DateTimeOffset at)
    {
        var query = _portal.Get<LoggerQuery>();
        var (old, successor) = (
            (await query.FindAsync(SiteScope.Everything, _loggers.A))!, (await query.FindAsync(SiteScope.Everything, _loggers.B))!);
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
