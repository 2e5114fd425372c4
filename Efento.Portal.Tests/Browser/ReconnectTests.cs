using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class ReconnectTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();
    private PortalUnderTest _portal = null!;
    private Line _line = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _line = new Line(_portal.Address);
        _browser = await PageInBrowser.OpenAsync(chromium, _line.Address);
        await MeasureAsync(Some.Record(_serial, _now.AddMinutes(-6), 4.1), Some.Record(_serial, _now.AddMinutes(-3), 4.2));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _line.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Line_CutAndMended_BringsWhatWasMissed()
    {
        await _browser.GoAsync($"loggers/{_serial}");
        await _browser.PointsAsync(2);
        await _browser.Page.EvaluateAsync("window.isTheSame = true");

        _line.Cut();
        await _browser.NotLiveAsync();
        await MeasureAsync(Some.Record(_serial, _now, 7.3));
        _line.Mend();

        await _browser.PointsAsync(3);
        await _browser.TextAsync("tbody tr .figure b", "7.3");
        await _browser.LiveAsync();
        Assert.True(await _browser.Page.EvaluateAsync<bool>("window.isTheSame === true"));
    }

    [Fact]
    public async Task Portal_Restarted_BringsWhatWasMissed()
    {
        await _browser.GoAsync($"loggers/{_serial}");
        await _browser.PointsAsync(2);

        _line.Cut();
        await _portal.RestartAsync();
        await MeasureAsync(Some.Record(_serial, _now, 7.3));
        await _browser.NotLiveAsync();
        _line.Portal = _portal.Address;
        _line.Mend();

        await _browser.PointsAsync(3);
        await _browser.TextAsync("tbody tr .figure b", "7.3");
        await _browser.LiveAsync();
    }

    [Fact]
    public async Task Line_Cut_IsSaidWithTheTime()
    {
        await _browser.GoAsync("");

        _line.Cut();
        await _browser.NotLiveAsync();

        Assert.StartsWith("NOT LIVE since", await _browser.Page.Locator("#not-live strong").TextContentAsync(), StringComparison.Ordinal);
    }

    private async Task MeasureAsync(params IEnumerable<string> records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
}
