using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Efento.Portal.Timeline;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Timeline;

public sealed class EventQueryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;
    private DateTimeOffset _now;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        _now = Some.Now(_time);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ReadAsync_GapOfAllChannels_IsOneEvent()
    {
        await MeasureAsync(
            Enumerable.Range(0, 60)
                .Where(i => i is < 20 or > 40)
                .Select(i => Some.Record(_serial, At(i), null, Some.Param(4), Some.Param(50, 2, "humidity"))));

        var gap = Assert.Single((await ReadAsync()).OfType<GapEvent>());

        Assert.Equal((At(41), At(19), 2, true), (gap.FromUtc, gap.UntilUtc, gap.Channels.Count, gap.IsOver));
    }

    [Fact]
    public async Task ReadAsync_GapThatLasts_IsNotOver()
    {
        await MeasureAsync(Enumerable.Range(20, 20).Select(i => Some.Record(_serial, At(i))));

        Assert.False(Assert.Single((await ReadAsync()).OfType<GapEvent>()).IsOver);
    }

    [Fact]
    public async Task ReadAsync_SensorErrorOfOneChannel_NamesItWithBeginAndEnd()
    {
        await MeasureAsync(Enumerable.Range(0, 40).Select(i => Some.Record(
            _serial, At(i), null, i is > 10 and < 20 ? Some.Param(null, "NO_VALUE") : Some.Param(4), Some.Param(50, 2, "humidity"))));

        var error = Assert.Single((await ReadAsync()).OfType<GapEvent>());

        Assert.Equal((GapCause.NoValue, At(20), At(10)), (error.Cause, error.FromUtc, error.UntilUtc));
        Assert.Equal("temperature", Assert.Single(error.Channels).Type.Name);
    }

    [Fact]
    public async Task ReadAsync_BlockThatCameLate_IsAnEvent()
    {
        await MeasureAsync(Enumerable.Range(40, 20).Select(i => Some.Record(_serial, At(i))));

        var late = Assert.Single((await ReadAsync()).OfType<LateEvent>());

        Assert.Equal(At(59), late.FromUtc);
    }

    [Fact]
    public async Task ReadAsync_TwoValuesOfOneInstant_AreAnEventWithTheOneThatDoesNotStand()
    {
        await MeasureAsync([Some.Record(_serial, At(9), 4), Some.Record(_serial, At(6), 5)]);
        await MeasureAsync([Some.Record(_serial, At(9), 7.5)]);

        var conflict = Assert.Single((await ReadAsync()).OfType<ConflictEvent>());

        Assert.Equal(
            (At(9), 7.5, "temperature"), (conflict.FromUtc, Assert.Single(conflict.Values), Assert.Single(conflict.Channels).Type.Name));
    }

    [Fact]
    public async Task ReadAsync_ValueThatTookThePlaceOfNone_IsNoConflict()
    {
        await MeasureAsync([Some.Record(_serial, At(9), null, Some.Param(null, "NO_VALUE"))]);
        await MeasureAsync([Some.Record(_serial, At(9), 4)]);

        Assert.Empty((await ReadAsync()).OfType<ConflictEvent>());
    }

    [Fact]
    public async Task ReadAsync_BatteryAndInterval_AreEventsWhereTheyChange()
    {
        await MeasureAsync(
        [
            Some.Record(_serial, At(9), null, 180, "ok", Some.Param(4)),
            Some.Record(_serial, At(6), null, 180, "low", Some.Param(4)),
            Some.Record(_serial, At(3), null, 600, "low", Some.Param(4)),
        ]);

        var events = await ReadAsync();

        Assert.Equal(new BatteryEvent(At(6), IsLow: true), Assert.Single(events.OfType<BatteryEvent>()));
        Assert.Equal(new IntervalEvent(At(3), 180, 600), Assert.Single(events.OfType<IntervalEvent>()));
    }

    [Fact]
    public async Task ReadAsync_WhatPeopleDecided_IsToldNewestFirst()
    {
        await MeasureAsync([Some.Record(_serial, _now)]);
        Assert.Equal(LocationOutcome.Done, await _portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, "Ward"));
        await _portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Actor.Command, new Seen(1, 0), "Fridge", null);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _portal.Get<PointPlacement>().PlaceAsync(Actor.Command, [new Seen(1, 1)], 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _portal.Get<SynchroniseSwitch>().SetAsync(
            Actor.Command, (await _portal.Get<SynchroniseSwitch>().PreviewAsync([1], synchronise: false)).Changes, "test");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "New disk");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _portal.Get<NoteService>().WriteAsync(
            SiteScope.Everything, Actor.Command, 1, new NoteDraft(_time.GetUtcNow(), "Door repaired"));
        _time.Advance(TimeSpan.FromSeconds(1));

        var events = await ReadAsync();

        Assert.Equal(
            ["Door repaired", "New disk", "N", "Placed: –, Ward", $"Renamed: {_serial}, Fridge"],
            events.Select(e => e switch
            {
                NoteEvent note => note.Note.Text,
                MaintenanceEvent maintenance => maintenance.Window.Reason,
                SynchroniseEvent { Synchronise: false } => "N",
                DecisionEvent decided => $"{decided.Decision}: {decided.Old ?? "–"}, {decided.New}",
                _ => e.ToString(),
            }));
    }

    [Fact]
    public async Task ReadAsync_LoggerReplaced_IsTold()
    {
        var other = Some.Serial();
        await MeasureAsync([Some.Record(_serial, At(9)), Some.Record(other, At(9))]);
        Assert.Equal(PointOutcome.Done, await _portal.Get<LoggerReplacement>().ReplaceAsync(Actor.Command, new Replacement
        {
            Point = new Seen(1, 0),
            Old = new Seen(1, 0),
            New = new Seen(2, 0),
            AtUtc = At(3),
            RetiresOld = false,
            Reason = "test",
        }));

        Assert.Equal(new ReplacementEvent(At(3), _serial, other), Assert.Single((await ReadAsync()).OfType<ReplacementEvent>()));
    }

    [Fact]
    public async Task ReadAsync_OtherPointWhoseKeyBeginsAlike_IsNotMixedUp()
    {
        await MeasureAsync(Enumerable.Range(0, 12).Select(_ => Some.Record(Some.Serial(), _now)));
        await _portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Actor.Command, new Seen(11, 0), "Fridge", null);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty((await ReadAsync()).OfType<DecisionEvent>());
        Assert.Single((await ReadAsync(pointId: 11)).OfType<DecisionEvent>());
    }

    private DateTimeOffset At(int intervalsAgo) => _now.AddMinutes(-3 * intervalsAgo);

    private async Task MeasureAsync(IEnumerable<string> records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);

    private async Task<IReadOnlyList<PointEvent>> ReadAsync(int pointId = 1)
    {
        var point = await _portal.PointAsync(pointId);
        var history = await _portal.Get<RangeQuery>().ReadAsync(point, _now.AddHours(-6), _time.GetUtcNow());
        return await _portal.Get<EventQuery>().ReadAsync(point, history);
    }
}
