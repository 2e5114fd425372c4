using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Judging;

/// <summary>The rows of the table in docs/alarms.md that concern more than the pure evaluation.</summary>
public sealed class EdgeCaseTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await _portal.RuleAsync(AlarmBench.Fridge(key: "fridges"));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ValueOutsideTheRangeOfItsType_IsJudged()
    {
        await SendAsync((0, 5_000));

        Assert.Equal(5_000, Assert.Single(await LimitsAsync()).Alarm.Peak);
    }

    [Fact]
    public async Task ErrorCode_IsIgnoredByLimits()
    {
        await SendAsync((-3, 8_388_557), (0, 5));

        Assert.Empty(await LimitsAsync());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public async Task ValueAheadOfTheClock_RaisesNothing_UntilOneInTimeConfirmsOrReplacesIt(double value)
    {
        await SendAsync((0, 5), (30, 20));
        Assert.Empty(await LimitsAsync());

        _time.Advance(TimeSpan.FromMinutes(31));
        await SendAsync((30, value));

        Assert.Equal(At(30), Assert.Single(await LimitsAsync()).Alarm.BeganMs);
    }

    [Fact]
    public async Task ConflictingValue_TheStoredOneIsJudged()
    {
        await SendAsync((0, 5));
        await SendAsync((0, 20));

        Assert.Empty(await LimitsAsync());
    }

    [Fact]
    public async Task ValueThatTakesThePlaceOfAnError_IsJudged()
    {
        await SendAsync((-6, 5));
        await _portal.Client.MeasureAsync(
            Some.Body(Some.Record(_serial, Some.Start.AddMinutes(-3), null, Some.Param(null, "ERROR"))));
        await SendAsync((0, 5));
        Assert.Empty(await LimitsAsync());

        await SendAsync((-3, 20));

        Assert.Equal((At(-3), At(0)), Assert.Single((await LimitsAsync()).Select(a => (a.Alarm.BeganMs, a.Alarm.EndedMs!.Value))));
    }

    [Fact]
    public async Task LateReadings_ThatShowItWasNone_WithdrawIt()
    {
        await _portal.RuleAsync(AlarmBench.Fridge(delay: 6, key: "fridges"));
        await SendAsync((-9, 5), (-6, 9), (0, 9));
        Assert.Single(await LimitsAsync());

        await SendAsync((-3, 5));

        Assert.Empty(await LimitsAsync());
        Assert.Single(await LimitsAsync(new AlarmFilter { State = AlarmState.Withdrawn }));
    }

    [Fact]
    public async Task RuleChanged_ReadingsFromThenOn_AreJudgedByTheNewVersion()
    {
        await SendAsync((-3, 9));
        Assert.Single(await LimitsAsync());
        var wider = AlarmBench.Fridge(key: "fridges");
        await SaveAsync(wider with { Conditions = new(null, wider.Conditions.Critical! with { High = 10 }) });
        _time.Advance(TimeSpan.FromMinutes(3));
        await SendAsync((3, 9));

        Assert.Equal(At(3), Assert.Single(await LimitsAsync()).Alarm.EndedMs);
    }

    [Fact]
    public async Task RuleSwitchedOff_AlarmEndsAtThatTime()
    {
        await SendAsync((-3, 9));
        Assert.Single(await LimitsAsync());

        await SaveAsync(AlarmBench.Fridge(key: "fridges") with { IsEnabled = false, Reason = "Empty", Conditions = new(null, null) });

        await UntilEndedAsync();
        var alarm = Assert.Single(await LimitsAsync()).Alarm;
        Assert.Equal((At(0), AlarmEnd.Unjudged), (alarm.EndedMs!.Value, alarm.End!.Value));
    }

    /// <summary>The clocks of loggers are not to the second those of the portal.</summary>
    [Fact]
    public async Task RuleSwitchedOff_LoggerIsAMinuteAhead_AlarmEnds()
    {
        await SendAsync((-3, 9), (1, 9));
        Assert.Single(await LimitsAsync());

        await SaveAsync(AlarmBench.Fridge(key: "fridges") with { IsEnabled = false, Reason = "Empty", Conditions = new(null, null) });

        await UntilEndedAsync();
        Assert.Equal(AlarmEnd.Unjudged, Assert.Single(await LimitsAsync()).Alarm.End);
    }

    [Fact]
    public async Task RuleSwitchedOff_BeforeAnyReadingSinceTheStart_AlarmEnds()
    {
        await SendAsync((-3, 9));
        Assert.Single(await LimitsAsync());
        await _portal.RestartAsync();

        await SaveAsync(AlarmBench.Fridge(key: "fridges") with { IsEnabled = false, Reason = "Empty", Conditions = new(null, null) });

        await UntilEndedAsync();
        Assert.Equal(AlarmEnd.Unjudged, Assert.Single(await LimitsAsync()).Alarm.End);
    }

    [Fact]
    public async Task Closed_WhileReadingsComeAheadOfTheClock_StaysClosed()
    {
        await SendAsync((-3, 9), (1, 9));
        var alarm = Assert.Single(await LimitsAsync()).Alarm;

        await _portal.Get<AlarmActions>().CloseAsync(SiteScope.Everything, Actor.Command, new(alarm.Id), "Sensor is gone");
        await SendAsync((2, 5));

        Assert.Equal(AlarmEnd.Closed, Assert.Single(await LimitsAsync()).Alarm.End);
    }

    [Fact]
    public async Task LoggerSetToN_AlarmEnds()
    {
        await SendAsync((-3, 9));
        Assert.Single(await LimitsAsync());
        var preview = await _portal.Get<SynchroniseSwitch>().PreviewAsync([1], synchronise: false);

        await _portal.Get<SynchroniseSwitch>().SetAsync(Actor.Command, preview.Changes, "Fridge is empty");

        await UntilEndedAsync();
        Assert.Equal(AlarmEnd.Unjudged, Assert.Single(await LimitsAsync()).Alarm.End);
    }

    [Fact]
    public async Task LoggerReplaced_AlarmGoesOnWithTheNewOne()
    {
        await SendAsync((-6, 5), (-3, 9));
        var successor = Some.Serial();
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(successor, Some.Start.AddMinutes(-4), 5)));
        Assert.Single(await LimitsAsync(), a => a.Alarm.IsActive);
        var (old, other) = (await SeeAsync(_serial), await SeeAsync(successor));

        Assert.Equal(PointOutcome.Done, await _portal.Get<LoggerReplacement>().ReplaceAsync(Actor.Command, new Replacement
        {
            Point = new Seen(old.Point!.Id, old.Point.Version),
            Old = new Seen(old.Id, old.Version),
            New = new Seen(other.Id, other.Version),
            AtUtc = Some.Start.AddMinutes(-2),
            RetiresOld = false,
            Reason = "battery dead",
        }));
        _time.Advance(TimeSpan.FromMinutes(6));
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(successor, Some.Start, 12), Some.Record(successor, Some.Start.AddMinutes(3), 5)));

        var alarm = Assert.Single(await LimitsAsync());
        Assert.Equal((old.Point.Id, 12.0), (alarm.Alarm.PointId, alarm.Alarm.Peak));
        Assert.Equal((At(-3), At(3)), (alarm.Alarm.BeganMs, alarm.Alarm.EndedMs));
    }

    [Fact]
    public async Task PointMoved_ReadingsFromThenOn_AreJudgedByTheRulesOfTheNewPlace()
    {
        var locations = _portal.Get<LocationDecisions>();
        await locations.CreateAsync(Actor.Command, null, "Room");
        var room = _portal.Get<LocationDirectory>().Tree.All.Single().Id;
        var fridge = AlarmBench.Fridge();
        await _portal.RuleAsync(fridge with
        {
            Place = new RulePlace { LocationId = room },
            Conditions = new(null, fridge.Conditions.Critical! with { High = 30 }),
        });
        await SendAsync((-3, 20));
        Assert.True(Assert.Single(await LimitsAsync()).Alarm.IsActive);
        var logger = await SeeAsync(_serial);
        _time.Advance(TimeSpan.FromMinutes(1));

        await _portal.Get<PointPlacement>().PlaceAsync(Actor.Command, [new Seen(logger.Point!.Id, logger.Point.Version)], room);
        await _portal.Get<PlaceLog>().BringUpToDateAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        await SendAsync((0, 21), (3, 21));

        var alarm = Assert.Single(await LimitsAsync()).Alarm;
        Assert.Equal((At(-3), At(3), AlarmEnd.Inside), (alarm.BeganMs, alarm.EndedMs!.Value, alarm.End));
    }

    [Fact]
    public async Task PointWithARuleOfItsOwn_TheNearestWins()
    {
        var fridge = AlarmBench.Fridge();
        await _portal.RuleAsync(fridge with
        {
            Place = new RulePlace { Serial = _serial, Channel = 1 },
            Conditions = new(null, fridge.Conditions.Critical! with { High = 10 }),
        });

        await SendAsync((-3, 9), (0, 11));

        Assert.Equal(At(0), Assert.Single(await LimitsAsync()).Alarm.BeganMs);
    }

    [Theory]
    [InlineData("2026-03-29")]
    [InlineData("2026-10-25")]
    public async Task Night_OfTheClockChange_HasNoGapAndNoExtraHour(string day)
    {
        var midnight = DateTimeOffset.Parse(day + "Z", CultureInfo.InvariantCulture);
        var night = new FakeTimeProvider(midnight.AddHours(4));
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = night });
        await portal.RuleAsync(AlarmBench.Fridge(delay: 60));
        var begin = midnight.AddMinutes(30);
        long After(int minutes) => begin.AddMinutes(minutes).ToUnixTimeMilliseconds();

        await portal.Client.MeasureAsync(
            Some.Body(Enumerable.Range(0, 40).Select(i => Some.Record(_serial, begin.AddMinutes(3 * i), i is >= 5 and < 30 ? 9 : 5))));

        var alarm = Assert.Single(await portal.AlarmsAsync()).Alarm;
        Assert.Equal(
            (After(15), After(75), After(90)),
            (alarm.BeganMs, alarm.CompletedMs, alarm.EndedMs!.Value));
    }

    private async Task<LoggerOverview> SeeAsync(string serial) =>
        (await _portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!;

    private Task SaveAsync(RuleDraft draft) => _portal.Get<RuleService>().SaveAsync(Actor.Command, [draft]);

    private Task UntilEndedAsync() => Until.TrueAsync(async () =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return (await LimitsAsync()).All(a => !a.Alarm.IsActive);
    });

    private async Task<IReadOnlyList<AlarmLine>> LimitsAsync(AlarmFilter? filter = null)
    {
        await _portal.AlarmsAsync();
        return await _portal.Get<AlarmQuery>().ListAsync(
            SiteScope.Everything, (filter ?? new AlarmFilter()) with { Kind = RuleKind.Limits }, null, 100);
    }

    private Task SendAsync(params (int Minute, double Value)[] readings) => _portal.Client.MeasureAsync(
        Some.Body(readings.Select(r => Some.Record(_serial, Some.Start.AddMinutes(r.Minute), r.Value))));

    private static long At(int minute) => Some.Start.AddMinutes(minute).ToUnixTimeMilliseconds();
}
