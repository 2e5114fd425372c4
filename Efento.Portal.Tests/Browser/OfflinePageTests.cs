using System.Text.Json;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>The portal on a phone's home screen, and what it says there without a connection.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class OfflinePageTests(Chromium chromium) : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;
    private Line _line = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _line = new Line(_portal.Address);
        _browser = await PageInBrowser.OpenUnknownAsync(chromium, _line.Address, width: 360, hasWorker: true);
        await _browser.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        await _browser.GoAsync("");
        await _browser.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await _browser.UntilAsync("navigator.serviceWorker.controller !== null");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _line.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Portal_Unreachable_IsSaidAndComesBackByItself()
    {
        _line.Cut();
        await _browser.VisitAsync(new Uri(_line.Address, "gateways").ToString());

        await _browser.TextAsync("h1", "The portal can't be reached");
        Assert.Matches(
            @"^Tried at \d{2}:\d{2}:\d{2}; it is tried again every 10 seconds\.$", await _browser.Page.TextContentAsync(".soft"));
        Assert.True(await _browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(await _browser.BarriersAsync());

        _line.Mend();
        await _browser.LiveAsync();
        Assert.EndsWith("/gateways", _browser.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browser_Offline_IsShownNoOldPage()
    {
        await _browser.Page.Context.SetOfflineAsync(true);
        await _browser.ReloadAsync();

        await _browser.TextAsync("h1", "The portal can't be reached");
        Assert.Empty(await _browser.Page.EvaluateAsync<string[]>("caches.keys()"));
    }

    [Fact]
    public async Task Manifest_NamesIconsThatAreThere()
    {
        var manifest = JsonElement.Parse(
            await _browser.Page.EvaluateAsync<string>("fetch(document.querySelector('link[rel=manifest]').href).then(r => r.text())"));

        Assert.Equal(("/", "/", "standalone"), (Of("start_url"), Of("scope"), Of("display")));
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            var size = await _browser.Page.EvaluateAsync<string>(
                """
                src => new Promise((done, fail) => {
                  const i = new Image();
                  i.onload = () => done(`${i.naturalWidth}x${i.naturalHeight}`);
                  i.onerror = () => fail(src);
                  i.src = `/assets/${src}`;
                })
                """,
                icon.GetProperty("src").GetString());
            Assert.True(icon.GetProperty("sizes").GetString() is { } said && (said == "any" || said == size), size);
        }

        Assert.Empty(_browser.Faults);

        string? Of(string member) => manifest.GetProperty(member).GetString();
    }
}
