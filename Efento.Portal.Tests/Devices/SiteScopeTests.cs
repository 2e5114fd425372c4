using System.Reflection;
using Efento.Portal.Access;
using Efento.Portal.Arrivals;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Devices;

/// <summary>What each query tells somebody who is limited to one of two wards.</summary>
public sealed class SiteScopeTests : IAsyncLifetime
{
    /// <summary>Asked by the admin pages alone, whose policies take nobody who is limited (<see cref="LocationLimit.Fits"/>).</summary>
    private static readonly string[] ForAdministration = ["QuarantineQuery", "ReturnQuery", "AuditQuery", "PeopleQuery"];

    private TwoWards _wards = null!;

    public async ValueTask InitializeAsync() => _wards = await TwoWards.StartAsync();

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    /// <summary>
    /// Or for what <see cref="PointHistory"/> found of a point for somebody: nobody else makes that. What a query is told as a consumer of
    /// arrivals answers nothing.
    /// </summary>
    [Fact]
    public void Query_EveryMethod_AsksForWhom()
    {
        var queries = typeof(Program).Assembly.GetTypes().Where(
            t => t.Name.EndsWith("Query", StringComparison.Ordinal) || t == typeof(PointHistory))
            .Where(t => !ForAdministration.Contains(t.Name)).ToList();
        var methods = queries.SelectMany(q => q.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsSpecialName && !Array.Exists(typeof(IArrivalConsumer).GetMethods(), told => told.Name == m.Name))
            .ToList();

        Assert.Contains(typeof(LoggerQuery), queries);
        Assert.Empty(
            methods.Where(
                m => m.GetParameters().FirstOrDefault()?.ParameterType is var asked
                    && asked != typeof(SiteScope)
                    && asked != typeof(PointSpans)
                    && asked != typeof(IReadOnlyList<PointSpans>)).Select(m => $"{m.DeclaringType!.Name}.{m.Name}"));
    }

    [Fact]
    public async Task Loggers_Limited_AreThoseOfTheWard()
    {
        var query = _wards.Portal.Get<LoggerQuery>();

        Assert.Equal([_wards.Seen], (await query.ListAllAsync(_wards.Scope)).Select(l => l.Serial));
        Assert.Equal([_wards.Seen], (await query.ListAsync(_wards.Scope, includeHeld: true)).Select(l => l.Serial));
        Assert.NotNull(await query.FindAsync(_wards.Scope, _wards.Seen));
        Assert.Null(await query.FindAsync(_wards.Scope, _wards.Hidden));
        Assert.Null(await query.FindAsync(_wards.Scope, _wards.Unplaced));
    }

    [Fact]
    public async Task Summary_Limited_CountsNoOther()
    {
        var loggers = await _wards.Portal.Get<LoggerQuery>().ListAsync(_wards.Scope);
        Assert.Equal(1, SiteSummary.CountsOf(loggers, null, DateTimeOffset.UtcNow).Sum(g => g.Count));
    }

    [Fact]
    public async Task Gateways_Limited_AreThoseThatHearTheWardAndTellOfNoOther()
    {
        var query = _wards.Portal.Get<GatewayQuery>();

        var gateway = Assert.Single(await query.ListAsync(_wards.Scope));

        Assert.Equal((TwoWards.SeenGateway, null, null, null), (gateway.Serial, gateway.LoggerCount, gateway.TokenName, gateway.Address));
        Assert.Equal([_wards.Seen], gateway.Loggers);
        Assert.Equal([gateway.Id], (await query.ListNamesAsync(_wards.Scope)).Select(g => g.Id));
        Assert.Empty((await query.FindAsync(_wards.Scope, gateway.Id))!.Heartbeat);
        var hidden = (await query.ListAsync(SiteScope.Everything)).Single(g => g.Serial == TwoWards.HiddenGateway);
        Assert.Null(await query.FindAsync(_wards.Scope, hidden.Id));
    }

    [Fact]
    public async Task Readings_Limited_AreThoseOfTheWard()
    {
        var query = _wards.Portal.Get<ReadingsQuery>();
        foreach (var (serial, isSeen) in new[] { (_wards.Seen, true), (_wards.Hidden, false), (_wards.Unplaced, false) })
        {
            var id = IdOf(serial);

            Assert.Equal(
                isSeen,
                (
                    await query.ReadPageAsync(
                        _wards.Scope, new ReadingPage(id, null, long.MinValue, long.MaxValue, null, 5))).Readings.Count > 0);
        }
    }

    [Fact]
    public async Task Readings_BeforeTheLoggerCameToTheWard_AreNotSeen()
    {
        var portal = _wards.Portal;
        var hidden = (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _wards.Hidden))!;
        var seen = (await portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _wards.Seen))!;
        var outcome = await portal.Get<LoggerReplacement>().ReplaceAsync(Actor.Command, new Replacement
        {
            Point = new(seen.Point!.Id, seen.Point.Version),
            Old = new(seen.Id, seen.Version),
            New = new(hidden.Id, hidden.Version),
            AtUtc = DateTimeOffset.UtcNow,
            RetiresOld = false,
            Reason = "test",
        });

        var now = await portal.Get<LoggerQuery>().FindAsync(_wards.Scope, _wards.Hidden);

        Assert.Equal(PointOutcome.Done, outcome);
        Assert.All(now!.Series, s => Assert.Null(s.Latest));
        Assert.Empty(
            (
                await portal.Get<ReadingsQuery>().ReadPageAsync(
                    _wards.Scope, new ReadingPage(hidden.Id, null, long.MinValue, long.MaxValue, null, 5))).Readings);
        Assert.Null(await portal.Get<LoggerQuery>().FindAsync(_wards.Scope, _wards.Seen));
        var point = await portal.PointAsync(seen.Point.Id, _wards.Scope);
        var page = new TablePageRequest(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow, null, IsNewestFirst: true, null, 50);
        Assert.Equal([seen.Id], (await portal.Get<TableQuery>().ReadAsync(point, page)).Rows.Select(r => r.LoggerId).Distinct());
    }

    [Fact]
    public async Task Points_Limited_AreThoseOfTheWard()
    {
        var history = _wards.Portal.Get<PointHistory>();
        var loggers = await _wards.Portal.Get<LoggerQuery>().ListAllAsync(SiteScope.Everything);
        foreach (var logger in loggers)
        {
            Assert.Equal(logger.Serial == _wards.Seen, (await history.SpansAsync(_wards.Scope, logger.Point!.Id)).All.Count > 0);
        }
    }

    [Fact]
    public async Task Ranges_Limited_AreThoseOfTheWard()
    {
        var (ranges, tables) = (_wards.Portal.Get<RangeQuery>(), _wards.Portal.Get<TableQuery>());
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var page = new TablePageRequest(from, to, null, IsNewestFirst: true, null, 5);
        foreach (var logger in await _wards.Portal.Get<LoggerQuery>().ListAllAsync(SiteScope.Everything))
        {
            var isSeen = logger.Serial == _wards.Seen;
            var point = await _wards.Portal.PointAsync(logger.Point!.Id, _wards.Scope);

            Assert.Equal(isSeen, (await ranges.ReadAsync(point, from, to)).Channels.Count > 0);
            Assert.Equal(isSeen, ranges.ExtentOf(point) is not null);
            Assert.Equal(isSeen, (await tables.ReadAsync(point, page)).Rows.Count > 0);
        }
    }

    [Fact]
    public async Task Arrivals_Limited_NameNoOther()
    {
        var all = await _wards.Portal.Get<LedgerQuery>().ReadArrivalsAsync(SiteScope.Everything, 0, 10);
        var page = await _wards.Portal.Get<LedgerQuery>().ReadArrivalsAsync(_wards.Scope, 0, 10);

        Assert.Equal(3, all!.Items.Count);
        Assert.Equal([_wards.Seen], Assert.Single(page!.Items).Loggers);
    }

    [Fact]
    public async Task Arrivals_LimitedInParts_MissNone()
    {
        var ledger = _wards.Portal.Get<LedgerQuery>();
        List<string> found = [];
        long? next = 0;
        while (next is { } after)
        {
            var page = (await ledger.ReadArrivalsAsync(_wards.Scope, after, 1))!;
            found.AddRange(page.Items.SelectMany(m => m.Loggers));
            next = page.Next;
        }

        Assert.Equal([_wards.Seen], found);
    }

    [Fact]
    public async Task Ledger_Limited_IsEmpty()
    {
        var ledger = _wards.Portal.Get<LedgerQuery>();
        var gateway = Assert.Single(await _wards.Portal.Get<GatewayQuery>().ListAsync(_wards.Scope));

        Assert.NotEmpty((await ledger.ReadPageAsync(SiteScope.Everything, gateway.Id, null, 10)).Entries);
        Assert.Empty((await ledger.ReadPageAsync(_wards.Scope, gateway.Id, null, 10)).Entries);
    }

    [Fact]
    public void Signals_Limited_AreThoseOfTheWard()
    {
        // Rules say how values stand. Their signal names neither a rule nor a point, and everybody gets it.
        var rules = new LiveKey(LiveTopic.Rules);

        Assert.Equal([new LiveKey(LiveTopic.Logger, IdOf(_wards.Seen)), rules], _wards.Scope.LoggerKeys);
        Assert.Equal([new LiveKey(LiveTopic.Logger), rules], SiteScope.Everything.LoggerKeys);
    }

    [Fact]
    public async Task Rename_PointOfAnotherWard_IsNotFound()
    {
        var logger = (await _wards.Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _wards.Hidden))!;

        var outcome = await _wards.Portal.Get<PointNaming>().RenameAsync(
            _wards.Scope, Actor.Command, new(logger.Point!.Id, logger.Point.Version), "Mine", null);

        Assert.Equal(PointOutcome.ChangedMeanwhile, outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Name_IntoWhatIsNotSeen_IsRefused(bool intoAnotherWard)
    {
        var point = (await _wards.Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _wards.Seen))!.Point!;

        var faults = await _wards.Portal.Get<PointNaming>().NameAsync(
            _wards.Scope, Actor.Command,
            [new(new(point.Id, point.Version), new(point.Name, intoAnotherWard ? _wards.OtherWard : null, null))]);

        Assert.Equal([PointOutcome.NoSuchLocation], faults.Select(f => f.Why));
    }

    [Fact]
    public async Task Scope_PointMovedAway_FollowsIt()
    {
        var scope = _wards.Scope;
        await _wards.PlaceAsync(_wards.Seen, _wards.OtherWard, "Fridge moved");

        Assert.Empty(await _wards.Portal.Get<LoggerQuery>().ListAllAsync(scope));
    }

    [Fact]
    public void Scope_LimitToTheSite_SeesAllThatLiesInIt()
    {
        var directory = _wards.Portal.Get<LocationDirectory>();
        var site = directory.Tree.All.Single(l => l.Name == "Hospital").Id;
        var scope = SiteScope.Of(new LocationLimit([site]), directory);

        Assert.Equal(
            (true, true, false),
            (scope.SeesLogger(IdOf(_wards.Seen)), scope.SeesLogger(IdOf(_wards.Hidden)), scope.SeesLogger(IdOf(_wards.Unplaced))));
    }

    [Fact]
    public void Scope_LocationsGone_SeesNothing() =>
        Assert.False(SiteScope.Of(new LocationLimit([99]), _wards.Portal.Get<LocationDirectory>()).SeesLogger(IdOf(_wards.Seen)));

    [Fact]
    public void Scope_Nobody_SeesNothing() =>
        Assert.False(_wards.Portal.Get<SiteScopes>().Of(new()).SeesLogger(IdOf(_wards.Seen)));

    private int IdOf(string serial) => _wards.Portal.Get<LoggerDirectory>().TryGet(serial, out var logger) ? logger.Id : 0;
}
