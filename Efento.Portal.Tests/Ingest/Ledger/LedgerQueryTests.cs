using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Ingest.Ledger;

public sealed class LedgerQueryTests
{
    private readonly SleepingClock _time = new(Some.Now());
    private readonly string _serial = Some.Serial();

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task ReadPageAsync_Messages_NewestFirst()
    {
        await using var portal = await StartAsync();
        var body = Some.Body(Some.Record(_serial, Now));
        await portal.Client.MeasureAsync(body);
        await portal.Client.MeasureAsync(body);
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));

        var page = await portal.Get<LedgerQuery>().ReadPageAsync(SiteScope.Everything, gatewayId: 1, before: null, count: 2);
        var older = await portal.Get<LedgerQuery>().ReadPageAsync(SiteScope.Everything, gatewayId: 1, page.Before, count: 2);

        Assert.Equal([1], older.Entries.Select(e => e.Last.New));
        Assert.Null(older.Before);
        var lines = page.Entries.Select(e => e.Last).ToList();

        Assert.Equal([(GatewayPaths.Heartbeat, 0, 0), (GatewayPaths.Measurements, 0, 1)], lines.Select(l => (l.Route, l.New, l.Duplicate)));
        Assert.All(lines, l => Assert.Equal((201, Now), (l.Answer, l.ReceivedAtUtc)));
    }

    [Fact]
    public async Task ReadArrivalsAsync_Messages_InOrderWithLoggersAndTimes()
    {
        await using var portal = await StartAsync();
        var other = Some.Serial();
        await portal.Client.MeasureAsync(
            Some.Body(Some.Record(_serial, Now.AddHours(-2)), Some.Record(other, Now), Some.Record(_serial, Now)));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(other, Now.AddHours(-1))));

        var page = await portal.Get<LedgerQuery>().ReadArrivalsAsync(SiteScope.Everything, after: 0, limit: 10);

        Assert.Equal(
            [($"{_serial},{other}", Now.AddHours(-2), Now), (other, Now.AddHours(-1), Now.AddHours(-1))],
            page!.Items.Select(a => (string.Join(',', a.Loggers), a.EarliestMeasuredAtUtc, a.LatestMeasuredAtUtc)));
        Assert.False(page.Next is not null);
    }

    [Fact]
    public async Task ReadArrivalsAsync_PageByPage_GivesEachOnce()
    {
        await using var portal = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddMinutes(-i))));
        }

        var query = portal.Get<LedgerQuery>();
        List<long> ids = [];
        bool hasMore;
        do
        {
            var page = await query.ReadArrivalsAsync(SiteScope.Everything, ids.LastOrDefault(), limit: 2);
            ids.AddRange(page!.Items.Select(a => a.Id));
            hasMore = page.Next is not null;
        }
        while (hasMore);

        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task ReadArrivalsAsync_CursorPruned_IsNull()
    {
        await using var portal = await StartAsync();
        var first = await ArriveAsync(portal);
        await ArriveAsync(portal);
        _time.Sleep(TimeSpan.FromDays(31));
        await ArriveAsync(portal);
        await portal.CatchUpAsync();
        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);

        Assert.Null(await portal.Get<LedgerQuery>().ReadArrivalsAsync(SiteScope.Everything, first, 10));
    }

    [Fact]
    public async Task ReadArrivalsAsync_NothingCameForLongerThanTheLedger_GoesOn()
    {
        await using var portal = await StartAsync();
        await ArriveAsync(portal);
        var last = await ArriveAsync(portal);
        _time.Sleep(TimeSpan.FromDays(31));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.CatchUpAsync();
        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);
        var next = await ArriveAsync(portal);
        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);

        var page = await portal.Get<LedgerQuery>().ReadArrivalsAsync(SiteScope.Everything, last, 10);

        Assert.Equal([next], page?.Items.Select(a => a.Id));
    }

    [Fact]
    public async Task PruneAsync_LedgerOlderThanAsked_LeavesItsLastMessageWithReadingsAndItsLast()
    {
        await using var portal = await StartAsync();
        await ArriveAsync(portal);
        var last = await ArriveAsync(portal);
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        var newest = portal.Database.Scalar<long>("SELECT max(id) FROM message");
        await portal.CatchUpAsync();
        _time.Sleep(TimeSpan.FromDays(31));

        await portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);

        Assert.Equal([$"{last}", $"{newest}"], portal.Database.Lines("SELECT id FROM message"));
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Time = _time });

    /// <summary>The id of a new message with one reading.</summary>
    private async Task<long> ArriveAsync(PortalUnderTest portal)
    {
        _time.Advance(TimeSpan.FromMinutes(3));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now)));
        var id = portal.Database.Scalar<long>("SELECT max(id) FROM message");
        Assert.Equal(Now, portal.Get<ReceiptTimes>().ReceivedAtUtc(id));
        return id;
    }
}
