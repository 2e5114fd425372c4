using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Alarms.People;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>An alarm is on every screen at once, and nothing is called in order that is not.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class AlarmScreensTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _now = Some.Now();
    private readonly string _fridge = Some.Serial();
    private readonly string _other = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        await _portal.RuleAsync(AlarmBench.Fridge());
        await SendAsync(Some.Record(_fridge, _now.AddSeconds(-2), 5), Some.Record(_other, _now, null, Some.Param(45, 1, "humidity")));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Excursion_OverHttp_IsOnTileTitleAndWallAtOnce()
    {
        await using var page = await PageInBrowser.OpenAsync(chromium, _portal.Address, 1440);
        await page.GoAsync("");
        await page.LiveAsync();
        await using var wall = await OpenWallAsync();
        await wall.UntilAsync("[...document.querySelectorAll('portal-state')].some(s => s.textContent === 'In order')");

        await SendAsync(Some.Record(_fridge, _now, 9));

        await page.UntilAsync("document.querySelector('.logger-tile portal-state').textContent === 'Critical'", limit: AtOnce);
        await page.UntilAsync("document.title.startsWith('1 critical · ')", limit: AtOnce);
        await wall.UntilAsync("document.querySelector('.wall-tile[alert] portal-state')?.textContent === 'Critical'", limit: AtOnce);
        Assert.Equal([], [.. page.Faults, .. wall.Faults]);
    }

    [Fact]
    [Proves(ScreenRule.NothingUnjudgedIsInOrder)]
    public async Task Site_WithAndWithoutLimits_CountsThemApart()
    {
        await using var page = await PageInBrowser.OpenAsync(chromium, _portal.Address, 1440);
        await page.GoAsync("");

        await page.TextAsync("portal-status [data-group=inOrder]", "1 in order");
        await page.TextAsync("portal-status [data-group=noLimits]", "1 without limits");
        await page.TextAsync("portal-status .sentence", "All measurements are on time");
        await page.Page.ClickAsync("portal-status [data-group=noLimits]");
        await page.UntilAsync("document.querySelectorAll('.logger-tile').length === 1");
        await page.TextAsync(".logger-tile portal-state", "No limits set");
    }

    [Fact]
    public async Task Point_InAlarm_ShowsItsLimitsItsTimeAndItsAlarms()
    {
        await SendAsync(Some.Record(_fridge, _now, 9));
        var id = Assert.Single(await _portal.AlarmsAsync()).Point!.Id;
        await using var page = await PageInBrowser.OpenAsync(chromium, _portal.Address, 1440);

        await page.GoAsync($"points/{id}");

        await page.UntilAsync("document.querySelectorAll('[data-limit]').length === 2");
        await page.UntilAsync("document.querySelectorAll('[data-shade]').length === 1");
        await page.UntilAsync($"!!document.querySelector('.latest-alarms a[href=\"alarms?point={id}\"]')");
        await page.TextAsync(".latest-alarms .alarm-sign", "Critical");
        Assert.Equal([], await page.BarriersAsync());
    }

    [Fact]
    public async Task Alarm_Acknowledged_StaysCalmerAndIsNotInOrder()
    {
        await SendAsync(Some.Record(_fridge, _now, 9));
        var alarm = Assert.Single(await _portal.AlarmsAsync()).Alarm;
        await using var page = await PageInBrowser.OpenAsync(chromium, _portal.Address, 1440);
        await page.GoAsync("");
        await page.TextAsync(".logger-tile portal-state", "Critical");

        await _portal.Get<AlarmActions>().AcknowledgeAsync(SiteScope.Everything, Actor.Command, alarm.Id, new("Goods moved"));

        await page.UntilAsync("document.querySelector('.logger-tile portal-state').textContent === 'Acknowledged'");
        await page.TextAsync("portal-status .sentence", "Every alarm is acknowledged");
        await page.UntilAsync("!document.querySelector('portal-status [data-group=inOrder]')");
        await page.UntilAsync("!document.title.includes('critical')");
    }

    [Fact]
    public async Task Wall_AlarmAcknowledged_StandsBeforeWhatIsInOrder()
    {
        var last = Some.Serial();
        await SendAsync(Some.Record(last, _now, 9));
        var alarm = Assert.Single(await _portal.AlarmsAsync()).Alarm;
        await using var wall = await OpenWallAsync();
        await wall.TextAsync(".wall-tile[alert] .name", last);

        await _portal.Get<AlarmActions>().AcknowledgeAsync(SiteScope.Everything, Actor.Command, alarm.Id, new("Goods moved"));

        await wall.TextAsync("portal-state", "Acknowledged");
        await wall.TextAsync("portal-status .sentence", "Every alarm is acknowledged");
        Assert.Equal(last, await wall.Page.Locator(".wall-tile .name").First.TextContentAsync());
    }

    [Fact]
    public async Task Wall_AlarmOfThePortal_IsCountedThoughNoTileHasIt()
    {
        await using var wall = await OpenWallAsync();
        await wall.TextAsync("portal-status .sentence", "All measurements are on time");

        await _portal.Client.MeasureAsync("no JSON");
        Assert.Single(await _portal.LookAsync());

        await wall.TextAsync("portal-status [data-group=other]", "1 alarm of gateways or the portal");
        await wall.TextAsync("portal-status .sentence", "Gateways or the portal need attention");
    }

    [Fact]
    public async Task Sound_OfAScreen_StartsOnceWithANewCriticalAlarmAlone()
    {
        await SendAsync(Some.Record(_fridge, _now, 9));
        Assert.Single(await _portal.AlarmsAsync());
        var made = await _portal.Get<ScreenLinks>().MakeAsync(Actor.Command, new ScreenDraft("Corridor", null, null, HasSound: true));
        await using var wall = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address);
        await wall.GoAsync(ScreenLinks.PathOf(made.Code!));
        await wall.TextAsync("portal-state", "Critical");
        await wall.UntilAsync("!document.getElementById('silenced').hidden || !document.getElementById('sound').hidden");
        await wall.Page.ClickAsync("body");
        await wall.UntilAsync("document.getElementById('silenced').hidden && !document.getElementById('sound').hidden");
        Assert.Null(await SoundsAsync(wall));

        await SendAsync(Some.Record(_other, _now.AddSeconds(1), 9));
        await wall.UntilAsync("document.documentElement.dataset.sounds === '1'");

        await SendAsync(Some.Record(_fridge, _now.AddSeconds(1), 10), Some.Record(_other, _now.AddSeconds(2), 10));
        await wall.UntilAsync("[...document.querySelectorAll('.figure b')].filter(b => b.textContent === '10.0').length === 2");
        Assert.Equal("1", await SoundsAsync(wall));
        Assert.Equal([], wall.Faults);
    }

    [Fact]
    public async Task Sound_Forbidden_IsSaidWithAButton()
    {
        var made = await _portal.Get<ScreenLinks>().MakeAsync(Actor.Command, new ScreenDraft("Corridor", null, null, HasSound: true));
        await using var wall = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address);
        await wall.Page.AddInitScriptAsync(
            """
            addEventListener("mousedown", () => (window.isTouched = true));
            const resume = AudioContext.prototype.resume;
            Object.defineProperty(AudioContext.prototype, "state", { get() { return this.isAllowed ? "running" : "suspended"; } });
            AudioContext.prototype.resume = function () {
              this.isAllowed = window.isTouched;
              return this.isAllowed ? resume.call(this).then(() => void this.dispatchEvent(new Event("statechange"))) : new Promise(() => {});
            };
            """);
        await wall.GoAsync(ScreenLinks.PathOf(made.Code!));
        await wall.TextAsync("#silenced span", "This browser plays no sound before somebody has touched the screen.");
        await wall.UntilAsync("!document.getElementById('silenced').hidden && document.getElementById('sound').hidden");
        Assert.Equal([], await wall.BarriersAsync());

        await wall.Page.ClickAsync("#allow-sound");

        await wall.UntilAsync("document.getElementById('silenced').hidden && !document.getElementById('sound').hidden");
    }

    private async Task<PageInBrowser> OpenWallAsync()
    {
        var wall = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address);
        var made = await _portal.Get<ScreenLinks>().MakeAsync(Actor.Command, new ScreenDraft("Corridor", null, null));
        await wall.GoAsync(ScreenLinks.PathOf(made.Code!));
        return wall;
    }

    private static Task<string?> SoundsAsync(PageInBrowser wall) =>
        wall.Page.EvaluateAsync<string?>("document.documentElement.dataset.sounds ?? null");

    private async Task SendAsync(params string[] records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
}
