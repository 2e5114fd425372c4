using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Maintenance;
using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>The wall-board on a screen nobody touches.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class WallTests(Chromium chromium) : IAsyncLifetime
{
    private TwoWards _wards = null!;
    private Line _line = null!;
    private NewScreen _limited = null!;

    public async ValueTask InitializeAsync()
    {
        _wards = await TwoWards.StartAsync();
        _line = new Line(_wards.Portal.Address);
        _limited = await MakeAsync(new LocationLimit([_wards.Ward]));
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        await _wards.DisposeAsync();
    }

    [Fact]
    public async Task Portal_GoneForAWhile_IsSaidAndTheBoardComesBackByItselfWithWhatWasMissed()
    {
        await using var screen = await OpenAsync((await MakeAsync(null)).Code!);
        await screen.TextAsync(FirstValue, "21.5");

        _line.Cut();
        await screen.Page.Clock.FastForwardAsync(30_000);
        await screen.NotLiveAsync();
        Assert.StartsWith("NOT LIVE since", await screen.Page.Locator("#not-live strong").TextContentAsync(), StringComparison.Ordinal);
        Assert.True(await screen.Page.Locator("#not-live").IsVisibleAsync());
        await screen.Page.EvaluateAsync("window.isTheSame = true");
        await _wards.Portal.RestartAsync();
        await MeasureAsync(_wards.Unplaced, 7.3);
        await MeasureAsync(_wards.Seen, 8.3);
        await MeasureAsync(_wards.Hidden, 9.3);
        _line.Portal = _wards.Portal.Address;
        _line.Mend();

        await screen.UntilAsync(
            "[...document.querySelectorAll('.figure b')].map(b => b.textContent).join() === '8.3,9.3,7.3' && !window.isTheSame",
            limit: TimeSpan.FromSeconds(60));
        await screen.LiveAsync();
        Assert.False(await screen.Page.Locator("#not-live").IsVisibleAsync());
    }

    [Fact]
    public async Task Screen_Slept_IsLiveAgainWithWhatItMissed()
    {
        await using var screen = await OpenAsync((await MakeAsync(null)).Code!);
        await screen.TextAsync(FirstValue, "21.5");
        await screen.Page.EvaluateAsync("window.isTheSame = true");

        _line.Cut();
        await MeasureAsync(_wards.Seen, 8.3);
        _line.Mend();
        await screen.Page.Clock.FastForwardAsync(TimeSpan.FromMinutes(10).ToString());

        await screen.UntilAsync(
            "document.querySelector('.figure b')?.textContent === '8.3' && document.documentElement.dataset.live === 'yes'"
                + " && !window.isTheSame",
            limit: TimeSpan.FromSeconds(60));
        Assert.False(await screen.Page.Locator("#not-live").IsVisibleAsync());
    }

    [Fact]
    public async Task Portal_Updated_ThePageLoadsItselfAnew()
    {
        await using var screen = await PageInBrowser.OpenUnknownAsync(chromium, _line.Address);
        await screen.GoAsync(ScreenLinks.PathOf((await MakeAsync(null)).Code!));

        var isFirst = 1;
        await screen.Page.RouteAsync("**/wall/screen", async route =>
        {
            var page = await route.FetchAsync();
            var text = await page.TextAsync();
            var shown = Interlocked.Exchange(ref isFirst, 0) == 1
                ? text.Replace(_wards.Portal.Get<ServerVersion>().Text, "0000000000000000", StringComparison.Ordinal)
                : text;
            await route.FulfillAsync(new() { Response = page, Body = shown });
        });
        await screen.GoAsync("wall/screen");
        Assert.Equal(0, isFirst);
        await screen.Page.EvaluateAsync("window.isTheSame = true");

        await screen.UntilAsync(
            "document.querySelector('.figure b')?.textContent === '21.5' && document.documentElement.dataset.live === 'yes'"
                + " && !window.isTheSame",
            limit: TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Value_Late_LosesItsColourByTheClockOfTheBrowser()
    {
        await using var screen = await OpenAsync((await MakeAsync(null)).Code!);
        await screen.TextAsync("portal-state", "On time");

        await screen.Page.Clock.FastForwardAsync(TimeSpan.FromHours(1).ToString());

        await screen.TextAsync("portal-state", "Silent");
        await screen.UntilAsync("document.querySelector('portal-status .sentence').textContent === '3 measuring points need attention'");
    }

    [Fact]
    public async Task Sensor_Failed_IsSaidWithTheLastValue()
    {
        await using var screen = await OpenAsync(_limited.Code!);
        await screen.TextAsync("portal-state", "On time");

        Assert.Equal(
            201,
            (await _wards.Portal.Client.MeasureAsync(
                Some.Body(Some.Record(_wards.Seen, Some.Now().AddSeconds(1), null, Some.Param(0, "NO_VALUE"))))).Status);

        await screen.TextAsync("portal-state", "Sensor error");
        await screen.TextAsync(FirstValue, "21.5");
        await screen.TextAsync(".wall-tile .label.remark", "sensor error");
        await screen.UntilAsync("document.querySelector('.wall-tile .label.since').textContent.startsWith('last value')");
        await screen.UntilAsync("document.querySelector('#troubled').textContent === 'Fridge seen (Sensor error)'");

        await screen.Page.Clock.FastForwardAsync(TimeSpan.FromHours(1).ToString());
        await screen.TextAsync("portal-state", "Sensor error · Silent");
    }

    [Fact]
    public async Task Link_Revoked_TheScreenSaysSoAndShowsNothing()
    {
        await using var screen = await OpenAsync(_limited.Code!);
        await screen.TextAsync(FirstValue, "21.5");

        await _wards.Portal.Get<ScreenLinks>().RevokeAsync(
            Actor.Command, _limited.Id!.Value, 0, "test", TestContext.Current.CancellationToken);

        await screen.UntilAsync("!document.getElementById('ended').hidden");
        Assert.Equal(0, await screen.Page.Locator(".wall-tile").CountAsync());
    }

    [Fact]
    public async Task Link_Limited_ShowsItsOwnLocationsAlone()
    {
        await using var screen = await OpenAsync(_limited.Code!);
        await screen.TextAsync(FirstValue, "21.5");

        await MeasureAsync(_wards.Hidden, 9.9);
        await MeasureAsync(_wards.Seen, 5.5);

        await screen.TextAsync(FirstValue, "5.5");
        Assert.Equal(["Fridge seen"], await screen.Page.Locator(".wall-tile .name").AllTextContentsAsync());
        Assert.DoesNotContain("hidden", await screen.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_MoreThanFit_TurnPagesUntilSomebodyStopsThem()
    {
        await MeasureManyAsync(30);
        await using var screen = await OpenAsync((await MakeAsync(null)).Code!);
        await screen.TextAsync("#page", "Page 1 of 4");

        await screen.Page.Clock.FastForwardAsync(16_000);
        await screen.TextAsync("#page", "Page 2 of 4");
        await screen.Page.ClickAsync("#pause");
        await screen.Page.Clock.FastForwardAsync(16_000);
        await screen.TextAsync("#pause", "Resume");

        await screen.TextAsync("#page", "Page 2 of 4");
    }

    [Proves(ScreenRule.HoldsWhenEverythingFails)]
    [Theory]
    [InlineData(1920, 1080, "dark")]
    [InlineData(3840, 2160, "light")]
    [InlineData(1080, 1920, "dark")]
    [InlineData(1440, 900, "light")]
    [InlineData(360, 740, "dark")]
    public async Task Board_OnEveryScreen_HasNoFaultAndFits(int width, int height, string theme)
    {
        await MeasureTroubleAsync();
        await _wards.Portal.Get<MaintenanceMode>().StartAsync(
            Actor.Command, TimeSpan.FromDays(1), "A reason that takes more room than a phone has in one line");
        await using var screen = await OpenAsync($"{(await MakeAsync(null)).Code}?theme={theme}", width, height);
        await screen.UntilAsync("document.querySelectorAll('.wall-tile').length > 8 && !document.getElementById('notice').hidden");

        Assert.Equal([], await Look.AtFitAsync(screen, "wall"));
        Assert.True(await screen.Page.Locator("#clock").IsVisibleAsync());
        Assert.Equal([], await screen.BarriersAsync());
        Assert.Empty(screen.Faults);
    }

    [Proves(ScreenRule.HoldsWhenEverythingFails)]
    [Fact]
    public async Task Trouble_OfMany_StandsOnTheFirstPageWithTheWorstFirst()
    {
        await MeasureTroubleAsync();
        await using var screen = await OpenAsync((await MakeAsync(null)).Code!, 1920, 1080);

        await screen.UntilAsync("document.querySelectorAll('.wall-tile[alert]').length === 30");
        await screen.UntilAsync("document.querySelector('portal-status .sentence').textContent === '30 measuring points need attention'");
        Assert.Equal("Water detected", await screen.Page.Locator(FirstValue).First.TextContentAsync());
        Assert.Equal("Sensor error", await screen.Page.Locator(".wall-tile[alert] portal-state").Nth(15).TextContentAsync());
        await screen.UntilAsync(
            "(element => element.textContent.endsWith(' more') && element.scrollWidth <= element.clientWidth)"
                + "(document.getElementById('troubled'))");
    }

    [Fact]
    public async Task Person_SignedIn_SeesTheBoardWithTheirOwnLocations()
    {
        await using var nurse = await PageInBrowser.OpenUnknownAsync(chromium, _wards.Portal.Address);
        await nurse.SignInAsync(TwoWards.Email, PortalUnderTest.AdminPassword);

        await nurse.GoAsync("wall");

        await nurse.UntilAsync("document.querySelector('.wall-tile .name')?.textContent === 'Fridge seen'");
        Assert.Equal(1, await nurse.Page.Locator(".wall-tile").CountAsync());
        Assert.Empty(nurse.Faults);
    }

    private const string FirstValue = ".figure b";

    private Task<NewScreen> MakeAsync(LocationLimit? limit) =>
        _wards.Portal.Get<ScreenLinks>().MakeAsync(Actor.Command, new ScreenDraft("Corridor", limit, null));

    private async Task<PageInBrowser> OpenAsync(string code, int width = 1440, int height = 900)
    {
        var screen = await PageInBrowser.OpenUnknownAsync(chromium, _line.Address);
        await screen.Page.SetViewportSizeAsync(width, height);
        await screen.Page.Clock.InstallAsync();
        await screen.GoAsync(ScreenLinks.PathOf(code));
        return screen;
    }

    private async Task MeasureAsync(string serial, double value) =>
        Assert.Equal(
            201, (await _wards.Portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now().AddSeconds(1), value)))).Status);

    /// <summary>Fifteen that report water, fifteen of which a sensor fails, and ten on time with many long values.</summary>
    private async Task MeasureTroubleAsync() =>
        Assert.Equal(
            201,
            (await _wards.Portal.Client.MeasureAsync(
                Some.Body(Enumerable.Range(0, 40).Select(i => Some.Record(Some.Serial(), Some.Now(), null, ParamsOf(i)))))).Status);

    private static string[] ParamsOf(int index) => index switch
    {
        < 15 => [Some.Param(1, 1, "flooding"), Some.Param(0, 2, "leakage"), Some.Param(1, 3, "flooding")],
        < 30 => [Some.Param(null, "ERROR"), Some.Param(55.5, 2, "humidity")],
        _ => [Some.Param(-80.12), Some.Param(123456789, 2, "elec_meter_acc"), Some.Param(1013.2, 3, "pressure"), Some.Param(7, 4)],
    };

    private async Task MeasureManyAsync(int count) =>
        Assert.Equal(
            201,
            (await _wards.Portal.Client.MeasureAsync(
                Some.Body(Enumerable.Range(0, count).Select(i => Some.Record(Some.Serial(), Some.Now(), i))))).Status);
}
