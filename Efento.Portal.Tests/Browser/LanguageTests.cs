using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class LanguageTests(Chromium chromium) : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        await _portal.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 3600, power: "UNPLUGGED"));
        await _portal.Client.MeasureAsync(
            Some.Body([.. Enumerable.Range(1, 9).Select(i => Some.Record("282C024FFFB2", Some.Now().AddMinutes(-3 * i), 4 + (0.1 * i)))]));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Language_ChosenInAnOpenPage_IsSpokenEverywhere()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await browser.GoAsync("account");

        await browser.Page.SelectOptionAsync("#language", "pl");
        await browser.Page.ClickAsync("section:has(#language) button[type=submit]");

        await browser.UntilAsync("document.documentElement.lang === 'pl'");
        await browser.LiveAsync();
        await browser.TextAsync("h1", "Konto");
        await browser.TextAsync("portal-live", "Na żywo");
        await browser.Page.ClickAsync("nav a[href=gateways]");
        await browser.TextAsync("h1", "Bramki");
        await browser.UntilAsync(
            "['chwilą', 'temu'].some(word => document.querySelector('portal-age')?.textContent.endsWith(word))");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Language_ChosenInTheMenu_IsSpokenAtOnceAndBack()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await browser.GoAsync("gateways");

        await ChooseAsync("Polski", "pl", "Bramki");
        await ChooseAsync("English", "en", "Gateways");
        Assert.Empty(browser.Faults);

        async Task ChooseAsync(string name, string code, string title)
        {
            await browser.Page.ClickAsync(".account button");
            await browser.Page.GetByText(name, new() { Exact = true }).ClickAsync();
            await browser.UntilAsync($"document.documentElement.lang === '{code}'");
            await browser.LiveAsync();
            await browser.TextAsync("h1", title);
        }
    }

    [Fact]
    public async Task ThemeAndZone_ChosenInAnotherWindow_HoldWithoutReload()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await browser.GoAsync("gateways/1");
        await browser.Page.EvaluateAsync("window.isTheSame = true");

        await _portal.Get<OwnPreferences>().ChangeAsync(1, before => before with { Theme = Theme.Dark, TimeZone = "Asia/Kolkata" });

        await browser.UntilAsync("document.documentElement.dataset.theme === 'dark'");
        await browser.UntilAsync("document.querySelector('portal-time').textContent.includes('GMT+5:30')");
        Assert.True(await browser.Page.EvaluateAsync<bool>("window.isTheSame === true"));
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Theme_ChosenByTheButton_IsThereOnTheNextDevice()
    {
        await using var here = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await here.GoAsync("gateways");
        await here.Page.ClickAsync("portal-theme-toggle button");
        await here.UntilAsync("document.documentElement.dataset.theme === 'light'");
        await here.Page.ClickAsync("portal-theme-toggle button");
        await Until.TrueAsync(() => _portal.Get<PeopleDirectory>().PreferencesOf(1).Theme is Theme.Dark);

        await using var there = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await there.GoAsync("gateways");

        Assert.Equal("dark", await there.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [Fact]
    public async Task Theme_ReportedBackDuringThePress_TakesThePress()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        await browser.GoAsync("gateways");
        await browser.Page.HoverAsync("portal-theme-toggle button");

        await browser.Page.Mouse.DownAsync();
        await browser.Page.EvaluateAsync("document.dispatchEvent(new CustomEvent('portal-preferences'))");
        await browser.Page.Mouse.UpAsync();

        await browser.UntilAsync("document.documentElement.dataset.themeChoice === 'light'");
    }
}
