using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>What other tests rely on: axe finds barriers where there are some.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class AxeTests(Chromium chromium)
{
    private const string Page =
        """
        <!DOCTYPE html><html lang="en"><title>Barriers</title>
        <main><h1>Barriers</h1><p style="color: #aaa; background: #fff">Pale</p><button></button><p>Well</p></main>
        """;

    [Fact]
    public async Task Barriers_OfAPage_AreFoundWithTheirElements()
    {
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, new Uri("http://localhost/"));
        await browser.Page.SetContentAsync(Page);

        var barriers = await Axe.BarriersAsync(browser.Page);

        Assert.Equal(2, barriers.Length);
        Assert.Contains(barriers, barrier => barrier.Contains(" button-name: ", StringComparison.Ordinal));
        Assert.Contains(barriers, barrier => barrier.Contains(" color-contrast: ", StringComparison.Ordinal) && barrier.Contains("Pale"));
        Assert.Equal(barriers.Where(barrier => barrier.Contains(Axe.Contrast)), await Axe.BarriersAsync(browser.Page, Axe.Contrast));
    }
}
