using Efento.Portal.Access;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>Planned maintenance windows, changing them, and what the audit trail keeps of it.</summary>
public sealed class MaintenancePlanTests : IAsyncLifetime
{
    private static readonly Actor Anna = new(ActorKind.Person, "anna@portal.test", "192.0.2.1");
    private static readonly Actor Bert = new(ActorKind.Person, "bert@portal.test", "192.0.2.2");
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Planned_ItsTimeComes_BeginsAndEndsByItself()
    {
        await PlanAsync(2, 3);
        Assert.Equal(201, (await _portal.Client.BeatAsync("{}")).Status);

        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(503, (await _portal.Client.BeatAsync("{}")).Status);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(201, (await _portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Planned_BeginsAndEnds_PagesAreToldEachTimeAndAnHourBefore()
    {
        await PlanAsync(3, 4);
        var told = 0;
        using var _ = _portal.Get<LiveFeed>().Subscribe([new LiveKey(LiveTopic.Maintenance)], TimeSpan.Zero, () =>
        {
            Interlocked.Increment(ref told);
            return Task.CompletedTask;
        });

        _time.Advance(TimeSpan.FromHours(2));
        await Until.TrueAsync(() => Volatile.Read(ref told) == 1);
        Assert.NotNull(Mode.Announced);
        _time.Advance(TimeSpan.FromHours(1));
        await Until.TrueAsync(() => Volatile.Read(ref told) == 2);
        Assert.Null(Mode.Announced);
        _time.Advance(TimeSpan.FromHours(1));
        await Until.TrueAsync(() => Volatile.Read(ref told) == 3);
    }

    [Fact]
    public async Task Several_FollowingEachOther_AreOnOneAfterTheOther()
    {
        await PlanAsync(2, 3, "first");
        await PlanAsync(3, 4, "second");

        _time.Advance(TimeSpan.FromMinutes(179));
        Assert.Equal("first", Mode.Current?.Reason);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("second", Mode.Current?.Reason);
        Assert.Empty(Mode.Planned);
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(4, 5, true)]
    [InlineData(1, 2.5, false)]
    [InlineData(3.5, 5, false)]
    [InlineData(2.5, 3, false)]
    [InlineData(1, 6, false)]
    public async Task Plan_OverlappingAnother_IsRefusedAndNamesIt(double from, double until, bool isTaken)
    {
        await PlanAsync(2, 4, "new disk");

        var outcome = await Mode.PlanAsync(Bert, At(from), At(until), "too");

        Assert.Equal(isTaken, outcome.IsDone);
        Assert.Equal(isTaken ? 2 : 1, Mode.Planned.Count);
        Assert.True(isTaken || outcome.Why(_ => "").Contains("new disk"));
    }

    [Fact]
    public async Task Start_IntoAPlannedOne_IsRefused()
    {
        await PlanAsync(1, 2);

        Assert.Equal(MaintenanceFault.Overlap, (await Mode.StartAsync(Anna, TimeSpan.FromMinutes(61), "now")).Fault);
        Assert.True((await Mode.StartAsync(Anna, TimeSpan.FromMinutes(60), "now")).IsDone);
    }

    [Theory]
    [InlineData(1, 2, "", MaintenanceFault.Reason)]
    [InlineData(1, 2, "two\nlines", MaintenanceFault.Reason)]
    [InlineData(2, 1, "why", MaintenanceFault.End)]
    [InlineData(-1, 1, "why", MaintenanceFault.Begin)]
    [InlineData(0, 1, "why", MaintenanceFault.Begin)]
    [InlineData(1, 9000, "why", MaintenanceFault.Length)]
    public async Task Plan_Wrong_IsRefused(double from, double until, string reason, MaintenanceFault fault)
    {
        Assert.Equal(fault, (await Mode.PlanAsync(Anna, At(from), At(until), reason)).Fault);
        Assert.Equal(0, _portal.Database.Count("maintenance_window"));
    }

    [Fact]
    public async Task Planned_BeginsWhileThePortalIsOff_IsOnAfterwards()
    {
        await PlanAsync(1, 3);
        await PlanAsync(5, 6, "later");
        _time.Advance(TimeSpan.FromMinutes(59));
        var restart = _portal.RestartAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await restart;

        Assert.Equal(503, (await _portal.Client.BeatAsync("{}")).Status);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(201, (await _portal.Client.BeatAsync("{}")).Status);
        _time.Advance(TimeSpan.FromHours(1.5));
        Assert.Equal("later", Mode.Current?.Reason);
    }

    [Fact]
    public async Task Clock_SetForward_PlannedOneIsOnAtOnce()
    {
        await PlanAsync(48, 49);

        _time.SetUtcNow(At(48));

        Assert.NotNull(Mode.Current);
    }

    [Fact]
    public async Task Clock_SetTooFarForwardAndBack_PlannedOneIsNotForgotten()
    {
        await PlanAsync(1, 2);

        _time.SetUtcNow(At(100));
        Assert.Null(Mode.Current);
        _time.AdjustTime(At(1));

        Assert.NotNull(Mode.Current);
    }

    [Fact]
    public async Task Cancelled_NeverBegins_AndIsInTheLog()
    {
        var window = await PlanAsync(1, 2);

        Assert.True((await Mode.CancelAsync(Bert, window)).IsDone);
        _time.Advance(TimeSpan.FromMinutes(90));

        Assert.Null(Mode.Current);
        var logged = Assert.Single(await _portal.Get<MaintenanceLog>().ReadPastAsync(9));
        Assert.Equal((true, Anna.Name, Bert.Name), (logged.IsCancelled, logged.CreatedBy, logged.EndedBy));
    }

    [Fact]
    public async Task Log_EndedEarly_HasPlannedAndRealEnd()
    {
        var window = (await Mode.StartAsync(Anna, TimeSpan.FromHours(2), "new disk")).Window!;
        _time.Advance(TimeSpan.FromMinutes(10));
        await Mode.EndAsync(Bert, window);

        var logged = Assert.Single(await _portal.Get<MaintenanceLog>().ReadPastAsync(9));
        Assert.Equal((window.FromUtc.AddHours(2), window.FromUtc.AddMinutes(10)), (logged.PlannedUntilUtc, logged.UntilUtc));
        Assert.Equal(("new disk", Anna.Name, Bert.Name), (logged.Reason, logged.CreatedBy, logged.EndedBy));
    }

    [Fact]
    public async Task Change_TwoAdministrators_TheSecondIsToldAndOverwritesNothing()
    {
        var seen = await PlanAsync(1, 2);
        Assert.True((await Mode.ChangeAsync(Anna, seen, At(3), At(4), "moved")).IsDone);

        var second = await Mode.ChangeAsync(Bert, seen, At(1), At(5), "longer");

        Assert.Equal(MaintenanceFault.Changed, second.Fault);
        Assert.Contains("moved", second.Why(_ => ""));
        Assert.Equal(MaintenanceFault.Changed, (await Mode.CancelAsync(Bert, seen)).Fault);
        Assert.Equal(("moved", At(3)), (Assert.Single(Mode.Planned).Reason, Mode.Planned[0].FromUtc));
    }

    [Fact]
    public async Task Start_SeenAsOffButOn_IsTold()
    {
        await Mode.StartAsync(Anna, TimeSpan.FromHours(1), "new disk");

        Assert.Equal(MaintenanceFault.Changed, (await Mode.StartAsync(Bert, TimeSpan.FromHours(2), "mine", mayChange: false)).Fault);
        Assert.Equal("new disk", Mode.Current?.Reason);
    }

    [Fact]
    public async Task End_AnotherThanSeen_IsToldAndStaysOn()
    {
        var seen = (await Mode.StartAsync(Anna, TimeSpan.FromHours(1), "new disk")).Window!;
        await Mode.StartAsync(Anna, TimeSpan.FromHours(3), "longer");

        Assert.Equal(MaintenanceFault.Changed, (await Mode.EndAsync(Bert, seen)).Fault);
        Assert.NotNull(Mode.Current);
    }

    [Fact]
    public async Task Changes_ByPeople_AreInTheAuditTrailWithTheReason()
    {
        var planned = await PlanAsync(1, 2);
        await Mode.ChangeAsync(Bert, planned, At(3), At(4), "moved");
        await Mode.CancelAsync(Anna, Mode.Planned[0]);
        await Mode.StartAsync(Anna, TimeSpan.FromHours(1), "now");
        await Mode.EndAsync(Bert);

        Assert.Equal(
            [
                $"maintenance planned|{Anna.Name}|192.0.2.1|new disk", $"maintenance changed|{Bert.Name}|192.0.2.2|moved",
                $"planned maintenance cancelled|{Anna.Name}|192.0.2.1|moved", $"maintenance turned on|{Anna.Name}|192.0.2.1|now",
                $"maintenance ended|{Bert.Name}|192.0.2.2|now",
            ],
            _portal.Database.Lines(
                "SELECT action, actor, address, reason FROM audit_entry WHERE subject LIKE 'maintenance %' ORDER BY id"));
        Assert.Contains("new disk", _portal.Database.Scalar<string>("SELECT old FROM audit_entry WHERE action = 'maintenance changed'"));
    }

    [Fact]
    public async Task Start_AuditTrailBroken_IsNotOn()
    {
        _portal.Database.Execute("CREATE TRIGGER broken BEFORE INSERT ON audit_entry BEGIN SELECT raise(ABORT, 'broken'); END");

        await Assert.ThrowsAsync<DbUpdateException>(() => Mode.StartAsync(Anna, TimeSpan.FromHours(1), "new disk"));

        Assert.Equal((201, 0), ((await _portal.Client.BeatAsync("{}")).Status, _portal.Database.Count("maintenance_window")));
    }

    [Fact]
    public async Task End_WindowCannotBeWritten_IsNeitherEndedNorInTheAuditTrail()
    {
        await Mode.StartAsync(Anna, TimeSpan.FromHours(1), "new disk");
        var entries = _portal.Database.Count("audit_entry");
        _portal.Database.Execute("CREATE TRIGGER broken BEFORE UPDATE ON maintenance_window BEGIN SELECT raise(ABORT, 'broken'); END");

        var fault = await Assert.ThrowsAsync<DbUpdateException>(() => Mode.EndAsync(Anna));

        Assert.IsType<SqliteException>(fault.GetBaseException());
        Assert.Equal((503, entries), ((await _portal.Client.BeatAsync("{}")).Status, _portal.Database.Count("audit_entry")));
    }

    private MaintenanceMode Mode => _portal.Get<MaintenanceMode>();

    private DateTimeOffset At(double hours) => _time.Start.AddHours(hours);

    private async Task<MaintenanceWindow> PlanAsync(double from, double until, string reason = "new disk")
    {
        var outcome = await Mode.PlanAsync(Anna, At(from), At(until), reason);
        Assert.True(outcome.IsDone, outcome.Why(time => $"{time}"));
        return outcome.Window!;
    }
}
