using System.Globalization;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A server's clock that was ahead and is right again: what is said of it, and how it is accepted.</summary>
public sealed class ServerClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(29);

    private readonly SteppedClock _time = new(Some.Now().AddDays(10));
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    private DateTimeOffset Now => _time.GetUtcNow();

    private ClockAcceptance Service => _portal.Get<ClockAcceptance>();

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Fault_ClockWasAhead_NamesTheMessageAndEveryWayOut()
    {
        await BeAheadAsync();

        var reply = await MeasureAsync();
        var last = _portal.Database.Scalar<long>("SELECT max(id) FROM message");

        Assert.Equal(503, reply.Status);
        Assert.Contains(last.ToString(CultureInfo.InvariantCulture), reply.Body);
        Assert.Contains(Now.Add(Ahead).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), reply.Body);
        Assert.Contains("29 d", reply.Body);
        Assert.Contains("clock accept", reply.Body);
        Assert.Contains("Portal:Ingest:ClockSkewServer=29.00:", reply.Body);
    }

    [Fact]
    public async Task Accept_ClockWasAhead_MessagesAreTakenAndTheirTimesTrue()
    {
        await BeAheadAsync();

        var outcome = await Service.AcceptAsync(Actor.Command);
        _time.Advance(TimeSpan.FromSeconds(9));
        var reply = await MeasureAsync();

        Assert.Equal((ClockVerdict.Accepted, 201), (outcome.Verdict, reply.Status));
        Assert.Equal(Now, (await ArrivalsAsync(0))[^1].ReceivedAt);
        Assert.Equal(Now, (await ReadingsAsync())[^1].ReceivedAt);
    }

    [Fact]
    public async Task Accept_CursorGivenOutBefore_TellsWhatCameAfterIt()
    {
        await BeAheadAsync();
        var cursor = (await ArrivalsAsync(0))[^1].Id;

        await Service.AcceptAsync(Actor.Command);
        await MeasureAsync();

        var after = Assert.Single(await ArrivalsAsync(cursor));
        Assert.True(after.Id > cursor);
    }

    [Fact]
    public async Task Accept_WhatCameWhileItWasAhead_WasReceivedByTheTimeItWasNoticed()
    {
        await BeAheadAsync();
        var noticed = Now;
        Assert.Equal(503, (await MeasureAsync()).Status);
        _time.Advance(TimeSpan.FromMinutes(20));

        await Service.AcceptAsync(Actor.Command);

        Assert.Equal(noticed, (await ArrivalsAsync(0))[^1].ReceivedAt);
    }

    [Fact]
    public async Task Accept_AgainBeforeAnythingCame_IsTrueAllTheSame()
    {
        await BeAheadAsync();
        await Service.AcceptAsync(Actor.Command);
        _time.Step(TimeSpan.FromDays(-3));
        Assert.Equal(503, (await MeasureAsync()).Status);
        await Service.AcceptAsync(Actor.Command);
        await BeAheadAsync();
        Assert.Equal(ClockVerdict.Accepted, (await Service.AcceptAsync(Actor.Command)).Verdict);
        await BeAheadAsync();
        Assert.Equal(ClockVerdict.Accepted, (await Service.AcceptAsync(Actor.Command)).Verdict);
        _time.Advance(TimeSpan.FromSeconds(7));

        await MeasureAsync();

        var arrivals = await ArrivalsAsync(0);
        Assert.Equal(Now, arrivals[^1].ReceivedAt);
        Assert.Equal(arrivals.Select(a => a.ReceivedAt).Order(), arrivals.Select(a => a.ReceivedAt));
    }

    [Fact]
    public async Task Accept_AfterARestart_StillHolds()
    {
        await BeAheadAsync();
        await Service.AcceptAsync(Actor.Command);
        await MeasureAsync();
        await _portal.RestartAsync();
        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(201, (await MeasureAsync()).Status);
        Assert.Equal(Now, (await ArrivalsAsync(0))[^1].ReceivedAt);
    }

    [Fact]
    public async Task Accept_ClockWasAhead_IsInTheAuditTrail()
    {
        await BeAheadAsync();
        await Service.AcceptAsync(Actor.Command);

        Assert.Equal(["command line"], _portal.Database.Lines("SELECT actor FROM audit_entry WHERE action = 'clock accepted'"));
    }

    [Fact]
    public async Task Accept_NothingIsWrong_ChangesNothing()
    {
        await MeasureAsync();

        Assert.Equal(ClockVerdict.NothingToAccept, (await Service.AcceptAsync(Actor.Command)).Verdict);
        Assert.Equal(0, _portal.Database.Count("clock_correction"));
    }

    [Fact]
    public async Task Accept_LateRule_DoesNotCallReadingsLateThatCameAtOnce()
    {
        await BeAheadAsync();
        await Service.AcceptAsync(Actor.Command);
        await MeasureAsync();

        var page = await _portal.Get<TableQuery>().ReadAsync(
            await _portal.PointAsync(1), new(Now.AddHours(-1), Now.AddHours(1), null, true, null, 10));

        Assert.False(page.Rows[0].IsLate);
        Assert.Equal(Now, page.Rows[0].ReceivedAtUtc);
    }

    [Fact]
    public async Task ClockSkewServer_BeyondTheDifference_AcceptsItAtTheStart()
    {
        using var directory = new TemporaryDirectory();
        await using (var before = await PortalUnderTest.StartAsync(new() { Time = _time, DataDirectory = directory.Path }))
        {
            _time.Step(Ahead);
            await before.Client.BeatAsync("{}");
        }

        _time.Step(-Ahead);
        await using var portal = await PortalUnderTest.StartAsync(new()
        {
            Time = _time,
            DataDirectory = directory.Path,
            Settings = { ["Portal:Ingest:ClockSkewServer"] = "30.00:00:00" },
        });
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);

        Assert.Equal(Now, portal.Get<ReceiptTimes>().ReceivedAtUtc(portal.Database.Scalar<long>("SELECT max(id) FROM message")));
        Assert.Equal(["Efento Portal"], portal.Database.Lines("SELECT actor FROM audit_entry WHERE action = 'clock accepted'"));
    }

    [Fact]
    public async Task Gateway_HeardWhileTheClockWasAhead_IsNotOnlineForWeeks()
    {
        for (var i = 0; i < 4; i++)
        {
            await _portal.Client.BeatAsync(Some.Heartbeat("6C024B000001"));
            _time.Advance(TimeSpan.FromMinutes(15));
        }

        _time.Step(Ahead);
        await _portal.Client.BeatAsync(Some.Heartbeat("6C024B000001"));
        _time.Step(-Ahead);
        await _portal.Client.BeatAsync("{}");
        _time.Advance(TimeSpan.FromMinutes(40));

        var gateway = Assert.Single(await _portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));

        Assert.Equal(GatewayCondition.Offline, gateway.State.Condition);
        Assert.True(gateway.LastMessageUtc <= Now);
    }

    [Fact]
    public async Task Gateway_HeardAgainOnceAccepted_IsOnlineAndItsHistoryHasNoFuture()
    {
        await BeAheadAsync();
        await Service.AcceptAsync(Actor.Command);
        await _portal.Client.BeatAsync(Some.Heartbeat("6C024B000001"));

        var gateway = Assert.Single(await _portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        var history = await _portal.Get<GatewayHistoryQuery>().ReadAsync(SiteScope.Everything, gateway.Id, TimeSpan.FromDays(2));

        Assert.Equal((GatewayCondition.Online, Now), (gateway.State.Condition, gateway.LastMessageUtc));
        Assert.Equal(Now, history!.LastMessageUtc);
    }

    [Fact]
    public async Task Fault_ClockFarAhead_Is503()
    {
        _time.Step(TimeSpan.FromDays(40 * 365));

        Assert.Equal(503, (await _portal.Client.BeatAsync("{}")).Status);
        Assert.Equal(ClockVerdict.Impossible, (await Service.AcceptAsync(Actor.Command)).Verdict);
    }

    [Fact]
    public async Task Watch_ClockWasAhead_IsLoggedOnce()
    {
        await BeAheadAsync();
        await _portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        await _portal.Get<ClockWatch>().LookAsync(CancellationToken.None);

        Assert.Contains(
            "clock accept",
            Assert.Single(_portal.Log, line => line.StartsWith("Error: Gateways are answered 503", StringComparison.Ordinal)));
    }

    /// <summary>A message comes while the clock is 29 days ahead; then it is right again.</summary>
    private async Task BeAheadAsync()
    {
        _time.Step(Ahead);
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddMinutes(-1) - Ahead)))).Status);
        _time.Step(-Ahead);
    }

    private Task<PortalReply> MeasureAsync() => _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now)));

    private async Task<List<(long Id, DateTimeOffset ReceivedAt)>> ArrivalsAsync(long after) =>
        Items(await _portal.AskAsync($"/api/v1/arrivals?after={after}"), "id");

    private async Task<List<(long Id, DateTimeOffset ReceivedAt)>> ReadingsAsync() =>
        Items(await _portal.AskAsync($"/api/v1/loggers/{_serial}/readings"), "messageId");

    private static List<(long Id, DateTimeOffset ReceivedAt)> Items(PortalReply reply, string key) =>
        [
            .. JsonElement.Parse(reply.Body)
                .GetProperty("items")
                .EnumerateArray()
                .Select(i => (i.GetProperty(key).GetInt64(), i.GetProperty("receivedAt").GetDateTimeOffset()))
        ];
}
