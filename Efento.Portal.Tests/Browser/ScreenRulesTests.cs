using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>Rules of screens that hold for every value and every state of a page.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class ScreenRulesTests(Chromium chromium) : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        var now = Some.Now();
        Assert.Equal(
            201,
            (await _portal.Client.MeasureAsync(
                Some.Body(
                    Some.Record(Some.Serial(), now, 4.1), Some.Record(Some.Serial(), now.AddHours(-2), 4.2),
                    Some.Record(Some.Serial(), now.AddHours(-2), null, Some.Param(1, 1, "flooding")),
                    Some.Record(Some.Serial(), now, null, Some.Param(123456789, 1, "elec_meter_acc"), Some.Param(-80.12, 2))))).Status);
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await _browser.GoAsync("");
        await _browser.UntilAsync("document.querySelectorAll('.logger-tile portal-state').length === 4");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    [Proves(ScreenRule.AgeOnEveryValue)]
    public Task Tile_WithAValue_ShowsItsAge() => _browser.UntilAsync(
        "[...document.querySelectorAll('.logger-tile')].every(t => t.querySelector('.foot portal-age')?.textContent.match(/ago|just now/))");

    [Fact]
    [Proves(ScreenRule.AgeOnEveryValue)]
    public async Task Value_Late_LosesItsColour()
    {
        const string Fresh = "document.querySelector('portal-freshness[data-state=fresh]')";
        const string Colour = "getComputedStyle(window.turning.querySelector('.figure b')).color";
        await _browser.UntilAsync($"!!{Fresh}?.querySelector('.figure b')");
        var before = await _browser.Page.EvaluateAsync<string>($"window.turning = {Fresh}, {Colour}");

        await _browser.Page.EvaluateAsync(
            "['due', 'late'].forEach(promise => window.turning.setAttribute(promise, new Date(Date.now() - 60_000).toISOString()))");

        await _browser.UntilAsync(
            $"window.turning.dataset.state === 'late' && {Colour} === getComputedStyle(document.querySelector("
                + "'portal-freshness[data-state=silent] .figure b')).color");
        Assert.NotEqual(before, await _browser.Page.EvaluateAsync<string>(Colour));
    }

    [Fact]
    [Proves(ScreenRule.StateIsNeverColourAlone)]
    public Task State_Each_HasAnIconAndAWord() => _browser.UntilAsync(
        """
        [...document.querySelectorAll('portal-state, portal-status .count, portal-status .sentence')]
          .every(state => state.querySelector('svg') && state.textContent.trim().length > 1)
        """);

    [Fact]
    [Proves(ScreenRule.StateIsNeverColourAlone)]
    public Task Alarm_OfALateLogger_IsSaidFirstAndTheDelayToo() =>
        _browser.TextAsync(".logger-tile:has(portal-freshness[alert]) portal-state", "Alarm · Silent");

    [Fact]
    [Proves(ScreenRule.NothingUnjudgedIsInOrder)]
    public async Task Page_OfValuesOnTime_CallsNothingInOrder() =>
        Assert.DoesNotMatch("(?i)in order|all good|in range", await _browser.Page.InnerTextAsync("body"));

    [Fact]
    [Proves(ScreenRule.NoFigureIsCutShort)]
    public Task Figure_Any_HasNoEllipsisAndIsWhole() => _browser.UntilAsync(
        """
        [...document.querySelectorAll('.figure b, .figure .unit, .foot portal-age')].every(figure =>
          figure.scrollWidth <= figure.clientWidth + 1 || getComputedStyle(figure).display.startsWith('inline'))
        && ![...document.querySelectorAll('.figure b, .figure .unit')].some(figure => figure.textContent.includes('…'))
        """);
}
