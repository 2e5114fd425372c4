using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>What a phone shows first.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class PhoneTests(Chromium chromium) : IAsyncLifetime
{
    private const int Width = 360;
    private const int Height = 740;

    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;
    private PageInBrowser _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        var now = Some.Now();
        var records = Enumerable.Range(0, 20).Select(i => Some.Record(_serial, now.AddMinutes(-3 * i), 4 + (i % 3)));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
        _phone = await PageInBrowser.OpenAsync(chromium, _portal.Address, Width);
        await _phone.Page.SetViewportSizeAsync(Width, Height);
    }

    public async ValueTask DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Point_NameStateAgeAndValue_StandAboveTheChartWhichIsOnTheFirstScreen()
    {
        await _phone.GoAsync($"loggers/{_serial}");
        await _phone.PointsAsync(20);

        var tops = await Task.WhenAll(
            new[] { "h1", ".page-head portal-state", ".values-now .figure", ".chart" }.Select(TopAsync));
        Assert.Equal(tops.Order(), tops);
        Assert.True(await TopAsync(".page-head portal-age") < tops[^1]);
        Assert.InRange(await _phone.Page.EvaluateAsync<double>(
            "document.querySelector('.chart').getBoundingClientRect().bottom"), 200, Height - 56);
    }

    [Fact]
    public async Task StatusLine_OfManyStates_ShowsEachCountWhole()
    {
        var now = Some.Now();
        await _portal.Get<OwnPreferences>().ChangeAsync(1, before => before with { Language = "pl" });
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(Some.Serial(), now.AddHours(-5)), Some.Record(Some.Serial(), now, null, Some.Param(1, 1, "flooding")),
            Some.Record(Some.Serial(), now, null, Some.Param(null, "ERROR"))))).Status);

        await _phone.GoAsync("");

        await _phone.UntilAsync("document.querySelectorAll('portal-status .count').length >= 4");
        Assert.True(await _phone.Page.EvaluateAsync<bool>(
            "width => [...document.querySelectorAll('portal-status .count')].every(c => c.getBoundingClientRect().right <= width)", Width));
    }

    [Fact]
    public async Task Ranges_InPolish_AreAllOnTheScreen()
    {
        await _portal.Get<OwnPreferences>().ChangeAsync(1, before => before with { Language = "pl" });
        await _phone.GoAsync($"loggers/{_serial}");

        Assert.True(await _phone.Page.EvaluateAsync<bool>(
            "width => [...document.querySelectorAll('.ranges > *')].every(r => r.getBoundingClientRect().right <= width)", Width));
    }

    [Theory]
    [InlineData("admin/tokens")]
    [InlineData("admin/maintenance")]
    [InlineData("admin/audit")]
    public async Task Tabs_OfAdmin_ScrollToTheOpenPageAndDoNotWidenIt(string path)
    {
        await _phone.GoAsync(path);

        await _phone.UntilAsync(
            """
            width => {
              const open = document.querySelector('portal-tabs a.active').getBoundingClientRect();
              const row = document.querySelector('portal-tabs nav');
              return open.left >= 0 && open.right <= width && row.scrollWidth > row.clientWidth;
            }
            """,
            Width);
        Assert.InRange(await _phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, Width);
    }

    private Task<double> TopAsync(string selector) => _phone.Page.EvaluateAsync<double>(
        "selector => document.querySelector(selector).getBoundingClientRect().top", selector);
}
