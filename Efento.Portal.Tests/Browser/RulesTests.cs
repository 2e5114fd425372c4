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
        await browser.GoAsync("admin/rules");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Add a rule", Exact = true }).ClickAsync();
        var dialog = browser.Page.Locator(".mud-dialog");
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

    /// <summary>A time as the browser's clock shows it (<see cref="PageInBrowser"/>), for a field.</summary>
    private static string OnTheClock(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(time, "Europe/Warsaw").ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
