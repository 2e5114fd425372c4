using System.Text;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>The quarantine in a real browser: what anybody with a token may have sent does no harm there.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class QuarantineTests(Chromium chromium)
{
    public static TheoryData<byte[]> Hostile => new()
    {
        "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"u8.ToArray(),
        "</pre></section><h1>Sign in again</h1><iframe srcdoc='<script>parent.document.title=1</script>'></iframe>"u8.ToArray(),
        new byte[] { 0, 1, 2, 0, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80 },
        Encoding.UTF8.GetBytes("\u202Eevil\u202C " + new string('\u0301', 500)),
        Encoding.ASCII.GetBytes(new string('x', 1024 * 1024)),
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Item_Hostile_IsShownHarmlessly(byte[] raw)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.PostAsync(GatewayPaths.Measurements, raw);
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address, 360);

        await browser.GoAsync("admin/quarantine/1");

        await browser.Page.WaitForSelectorAsync(".raw pre");
        Assert.Equal("Quarantine item 1 · Efento Portal", await browser.Page.TitleAsync());
        Assert.Equal(0, await browser.Page.EvaluateAsync<int>("document.querySelector('.raw pre').childElementCount"));
        Assert.Equal(0, await browser.Page.EvaluateAsync<int>("document.querySelectorAll('.raw :is(script, img, iframe, h1)').length"));
        Assert.True(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360, "It scrolls sideways.");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Item_SelectedAndDiscarded_IsGoneAndTold()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        await portal.Client.MeasureAsync("other rubbish");
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await browser.GoAsync("admin/quarantine");

        await browser.Page.CheckAsync("input[aria-label='Select item 1']");
        await browser.Page.ClickAsync("text=Discard…");
        await browser.Page.FillAsync(".why input", "sent by a test");
        await browser.Page.ClickAsync(".mud-dialog button:has-text('Discard')");

        await browser.Page.WaitForSelectorAsync("text=1 item discarded.");
        await browser.UntilAsync("document.querySelectorAll('.items li').length === 1");
        Assert.Contains("|sent by a test", Assert.Single(portal.QuarantineAudit()), StringComparison.Ordinal);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Reason_Chosen_NarrowsTheList()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        await portal.Client.MeasureAsync("");
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await browser.GoAsync("admin/quarantine");

        await browser.Page.ClickAsync(".filters .mud-select:nth-of-type(2)");
        await browser.Page.ClickAsync(".mud-list-item:has-text('The message is empty')");

        await browser.AddressAsync("**/admin/quarantine?reason=EmptyBody");
        await browser.UntilAsync("document.querySelectorAll('.items li').length === 1");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Raw_Downloaded_IsAFile()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("<script>alert(1)</script>");
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await browser.GoAsync("admin/quarantine/1");

        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.ClickAsync("text=Download the raw bytes"));

        Assert.Equal("quarantine-1.txt", download.SuggestedFilename);
        Assert.Equal("<script>alert(1)</script>", await File.ReadAllTextAsync((await download.PathAsync())!));
    }
}
