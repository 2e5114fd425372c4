using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>A gateway is let in: from the empty overview, or the page of the tokens, to its first message.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class TokensPageTests(Chromium chromium) : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Overview_Empty_LeadsToTheFirstTile()
    {
        await _browser.GoAsync("");
        await _browser.Page.GetByLabel("What you call the gateway").FillAsync("Ward 2");
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        await _browser.Page.GetByText("This is the only time it is shown.").WaitForAsync();
        var token = await _browser.Page.Locator(".setting", new() { HasText = "Token" }).Locator("code").First.TextContentAsync();

        await _browser.Page.EvaluateAsync("window.isTheSame = true");
        using var gateway = new OneGateway(_portal.Address, token!, loggers: 3);
        await gateway.SendAsync();

        await _browser.UntilAsync("document.querySelectorAll('.logger-tile').length === 3");
        Assert.True(await _browser.Page.EvaluateAsync<bool>("window.isTheSame === true"));
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Administrator_IssuesAToken_AndSeesTheGatewayArrive()
    {
        await _browser.GoAsync("admin/tokens");
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Issue a gateway token" }).ClickAsync();
        await _browser.Page.GetByLabel("Name").FillAsync("Ward 2");
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Issue the token" }).ClickAsync();
        await _browser.Page.GetByText("Waiting for the first message").WaitForAsync();
        var token = await _browser.Page.Locator(".issued .setting", new() { HasText = "Token" }).Locator("code").First.TextContentAsync();

        await _browser.Page.EvaluateAsync("window.isTheSame = true");
        using var gateway = new OneGateway(_portal.Address, token!, loggers: 14);
        await gateway.SendAsync();

        await _browser.Page.Locator(".issued .received").GetByText($"{gateway.Acknowledged.Measurements.Count} records").WaitForAsync();
        Assert.True(await _browser.Page.EvaluateAsync<bool>("window.isTheSame === true"));
        Assert.Equal(gateway.Serials([.. Enumerable.Range(0, 14)]), _portal.Database.Lines("SELECT serial FROM logger ORDER BY serial"));
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Copy_NothingMayBeCopied_SelectsTheText()
    {
        await _browser.GoAsync("");
        await _browser.Page.EvaluateAsync(
            "() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false; }");

        await _browser.Page.Locator(".copy-button").Nth(1).ClickAsync();

        await _browser.TextAsync(".setting .copy-button", "Selected: press Ctrl+C");
        Assert.Equal(
            await _browser.Page.Locator(".setting code").First.TextContentAsync(),
            await _browser.Page.EvaluateAsync<string>("getSelection().toString()"));
    }
}
