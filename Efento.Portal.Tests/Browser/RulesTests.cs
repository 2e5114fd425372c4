using System.Globalization;
using Efento.Portal.Alarms;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>A rule that somebody makes in the browser raises an alarm.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class RulesTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Rule_MadeOnThePage_RaisesAnAlarmForAReadingOutside(int width)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now().AddMinutes(-3), 5)))).Status);
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address, width);
        var dialog = await OpenDialogAsync(browser);
        await dialog.GetByLabel("Lower limit (°C)").FillAsync("2");
        await dialog.GetByLabel("Upper limit (°C)").FillAsync("8");
        await dialog.GetByLabel("From an earlier time").CheckAsync();
        await dialog.GetByLabel("In force from").FillAsync(OnTheClock(Some.Now().AddMinutes(-10)));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await browser.Page.Locator(".tree").GetByText("below 2 °C or above 8 °C").WaitForAsync();

        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 9.5)))).Status);

        var alarm = Assert.Single(await portal.AlarmsAsync());
        Assert.Equal((AlarmLevel.Critical, 9.5, 8.0), (alarm.Alarm.Level, alarm.Alarm.Peak, alarm.Alarm.Limit));
        Assert.Empty(browser.Faults);
    }

    /// <summary>A list with a search in it closes by Escape alone; what was typed into the dialog around it stays.</summary>
    [Fact]
    public async Task Escape_InAnOpenList_ClosesTheListAndThenTheDialog()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        var dialog = await OpenDialogAsync(browser);
        await dialog.GetByLabel("Upper limit (°C)").FillAsync("8");
        await dialog.GetByLabel("Place", new() { Exact = true }).ClickAsync();
        await browser.UntilAsync(IsListOpen);

        await browser.Page.Keyboard.PressAsync("Escape");

        await browser.UntilAsync($"!({IsListOpen})");
        Assert.Equal("8", await dialog.GetByLabel("Upper limit (°C)").InputValueAsync());
        await browser.Page.Keyboard.PressAsync("Escape");
        await browser.UntilAsync("!document.querySelector('.mud-dialog')");
        Assert.Empty(browser.Faults);
    }

    /// <summary>The first preview after a start takes longer than others, and the dialog may close meanwhile.</summary>
    [Fact]
    public async Task Preview_OfAPoint_ShadesItsAlarmsAndClosesByEscape()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var (serial, now) = (Some.Serial(), Some.Now());
        await portal.Client.MeasureAsync(
            Some.Body(Enumerable.Range(0, 100).Select(i => Some.Record(serial, now.AddMinutes(-3 * i), i is > 20 and < 60 ? 11.2 : 5))));
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        var dialog = await OpenDialogAsync(browser);
        await dialog.GetByLabel("Upper limit (°C)").FillAsync("8");
        var button = dialog.GetByRole(AriaRole.Button, new() { Name = "Which alarms would it have raised?" });

        await button.ClickAsync();

        await browser.UntilAsync("document.querySelectorAll('.mud-dialog [data-shade]').length === 1");
        await browser.UntilAsync("document.querySelectorAll('.mud-dialog [data-limit]').length === 1");
        await button.ClickAsync();
        await browser.Page.Keyboard.PressAsync("Escape");
        await browser.UntilAsync("!document.querySelector('.mud-dialog')");
        await OpenDialogAsync(browser);
        Assert.Empty(browser.Faults);
    }

    /// <summary>Opens the dialog and waits until it has taken the focus: what is typed before would go astray.</summary>
    private static async Task<ILocator> OpenDialogAsync(PageInBrowser browser)
    {
        await browser.GoAsync("admin/rules");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Add a rule", Exact = true }).ClickAsync();
        await browser.UntilAsync("!!document.activeElement.closest('.mud-dialog')");
        return browser.Page.Locator(".mud-dialog");
    }

    private const string IsListOpen = "document.activeElement.getAttribute('aria-expanded') === 'true'";

    /// <summary>A time as the browser's clock shows it (<see cref="PageInBrowser"/>), for a field.</summary>
    private static string OnTheClock(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(time, "Europe/Warsaw").ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
