using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Devices;

public sealed class ReturnQueryTests : IAsyncLifetime
{
    private const string Ward = "282C00000001";
    private const string Lab = "282C00000002";
    private const string Old = "282C00000003";
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;
    private MaintenanceWindow _window = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await BeatAsync(Old);
        _time.Advance(TimeSpan.FromHours(2));
        await BeatAsync(Ward);
        await BeatAsync(Lab, "UNPLUGGED");
        _time.Advance(TimeSpan.FromMinutes(1));
        _window = (await _portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(30), "new disk")).Window!;
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task DuringTheWindow_ThoseHeardBefore_AreExpectedAfterPauseAndInterval()
    {
        var report = await ReadAsync();

        Assert.Equal((2, 0, 1), (report.Gateways.Count, report.Returned, report.SilentBefore));
        Assert.Equal(_window.UntilUtc.AddMinutes(5 + 15), report.ExpectedByUtc);
    }

    [Fact]
    public async Task OneCameBack_TheOtherIsExpectedThenMissing()
    {
        _time.Advance(TimeSpan.FromMinutes(34));
        await BeatAsync(Ward);

        var soon = await ReadAsync();
        _time.Advance(TimeSpan.FromMinutes(17));
        var late = await ReadAsync();

        Assert.Equal((1, 0), (soon.Returned, soon.Missing.Count()));
        Assert.Equal(Lab, Assert.Single(late.Missing).Serial);
        Assert.Null(late.ExpectedByUtc);
    }

    [Fact]
    public async Task Missing_ThenRetired_IsNoLongerWaitedFor()
    {
        _time.Advance(TimeSpan.FromHours(1));
        var lab = (await ReadAsync()).Missing.Single(g => g.Serial == Lab);

        await _portal.Get<GatewayRetirement>().RetireAsync(SiteScope.Everything, Actor.Command, new Seen(lab.Id, 0), "scrapped");

        Assert.Equal(Ward, Assert.Single((await ReadAsync()).Gateways).Serial);
    }

    [Fact]
    public async Task Missing_ItsLastWords_AreThoseOfItsLastHeartbeat()
    {
        _time.Advance(TimeSpan.FromHours(1));

        var report = await ReadAsync();

        var lab = report.Missing.Single(g => g.Serial == Lab);
        Assert.Equal(new LastHeartbeat(lab.LastUtc, "UNPLUGGED", 100), report.LastHeartbeats[lab.Id]);
        Assert.Equal(_window.FromUtc.AddMinutes(-1), lab.LastUtc);
    }

    [Fact]
    public async Task Missing_ComesAtLast_IsBack()
    {
        _time.Advance(TimeSpan.FromHours(9));
        await BeatAsync(Lab);

        Assert.Equal(ReturnState.Returned, (await ReadAsync()).Gateways.Single(g => g.Serial == Lab).State);
    }

    [Fact]
    public async Task HeardFirstAfterwards_IsNotWaitedFor()
    {
        _time.Advance(TimeSpan.FromHours(1));
        await BeatAsync("282C00000009");

        Assert.Equal(2, (await ReadAsync()).Gateways.Count);
    }

    [Fact]
    public async Task WindowSoonAfterTheFirst_WaitsForThoseHeardBeforeBoth()
    {
        _time.Advance(TimeSpan.FromMinutes(32));
        var again = (await _portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(30), "still the disk")).Window!;
        _time.Advance(TimeSpan.FromMinutes(31));

        var (first, second) = (Downtime.Around(_window, [again, _window]), Downtime.Around(again, [again, _window]));
        var report = await _portal.Get<ReturnQuery>().ReadAsync(again.FromUtc, again.UntilUtc, second.FromUtc, second.UntilUtc);

        Assert.Equal(new Downtime(_window.FromUtc, again.UntilUtc), first);
        Assert.Equal(first, second);
        Assert.Equal((2, 1, 0), (report.Gateways.Count, report.SilentBefore, report.Missing.Count()));
    }

    [Fact]
    public void Downtime_OfWindowsFarFromEachOtherOrCancelled_IsTheWindow()
    {
        MaintenanceWindow Window(int fromMinute, int untilMinute) =>
            new() { Reason = "x", FromUtc = _window.FromUtc.AddMinutes(fromMinute), UntilUtc = _window.FromUtc.AddMinutes(untilMinute) };

        Assert.Equal(
            new Downtime(_window.FromUtc, _window.UntilUtc),
            Downtime.Around(_window, [Window(-60, -20), _window, Window(35, 35), Window(50, 60)]));
    }

    [Fact]
    public async Task PortalOffAtTheEnd_TheyAreExpectedAfterItsStart()
    {
        _time.Advance(TimeSpan.FromHours(3));
        await _portal.RestartAsync();
        var mode = _portal.Get<MaintenanceMode>();

        var report = await _portal.Get<ReturnQuery>().ReadAsync(_window.FromUtc, _window.UntilUtc, openSinceUtc: mode.StartedUtc);

        Assert.Equal((_time.GetUtcNow(), 0), (mode.StartedUtc, report.Missing.Count()));
        Assert.Equal(mode.StartedUtc.AddMinutes(5 + 15), report.ExpectedByUtc);
    }

    private Task<ReturnReport> ReadAsync() => _portal.Get<ReturnQuery>().ReadAsync(_window.FromUtc, _window.UntilUtc);

    private async Task BeatAsync(string serial, string power = "FULLY_CHARGED") =>
        Assert.Equal(201, (await _portal.Client.BeatAsync(Some.Heartbeat(serial, power: power))).Status);
}
