using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>Alarms in a real browser: answered by touch and by keyboard, and gone from the open ones everywhere.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class AlarmsTests(Chromium chromium)
{
    private const string OpenRows = "document.querySelectorAll('.alarms li input').length";
    private const string Other = "other@portal.test";

    [Fact]
    public async Task Acknowledged_ByTouchOnAPhone_IsGoneFromTheOpenListOnTheOtherPage()
    {
        await using var portal = await StartAsync();
        await using var desk = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await using var phone = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address, 360, hasTouch: true);
        await phone.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        await desk.GoAsync("alarms");
        await desk.UntilAsync($"{OpenRows} === 1");
        await phone.GoAsync("alarms");

        await phone.Page.TapAsync(".what a");
        await phone.AddressAsync("**/alarms/1");
        await phone.Page.TapAsync("button:has-text('Acknowledge…')");
        await phone.Page.FillAsync(".mud-dialog textarea", "Door was open, closed it");
        await phone.Page.TapAsync(".mud-dialog-actions button:has-text('Acknowledge')");

        await phone.UntilAsync("document.querySelector('main').textContent.includes('1 alarm acknowledged')");
        await desk.UntilAsync($"{OpenRows} === 0 && document.querySelector('.who').textContent.includes('Door was open')");
        await desk.UntilAsync("!document.querySelector('.alarm-count')");
        Assert.Empty(phone.Faults);
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task Acknowledged_ByKeyboardAlone_IsGoneFromTheOpenListOnTheOtherPage()
    {
        await using var portal = await StartAsync();
        await using var desk = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await using var other = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await other.GoAsync("alarms");
        await desk.GoAsync("gateways");

        await desk.Page.Keyboard.PressAsync("g");
        await desk.Page.Keyboard.PressAsync("l");
        await desk.AddressAsync("**/alarms");
        await desk.UntilAsync($"{OpenRows} === 1");
        await TabToAsync(desk, "document.activeElement.matches('.alarms li input')");
        await desk.Page.Keyboard.PressAsync("Space");

        // The page itself says it too, and has the focus between the last link and the first one.
        await desk.UntilAsync("!!document.querySelector('.bulk button')");
        await TabToAsync(desk, "document.activeElement.matches('.bulk button') && document.activeElement.textContent.includes('Acknowledge…')");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.UntilAsync("document.activeElement.matches('.mud-dialog textarea')");
        await desk.Page.Keyboard.TypeAsync("Goods checked");
        await TabToAsync(desk, "document.activeElement.textContent.trim() === 'Acknowledge'");
        await desk.Page.Keyboard.PressAsync("Enter");

        await other.UntilAsync($"{OpenRows} === 0 && document.querySelector('.who').textContent.includes('Goods checked')");
        await desk.UntilAsync($"{OpenRows} === 0");
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task TwoPeopleAtOnce_TheSecondIsToldWhoWasFirst()
    {
        await using var portal = await StartAsync();
        Assert.Empty(
            await portal.Get<UserAccounts>().AddAsync(Actor.Command, Other, PortalUnderTest.AdminPassword, Role.Operator));
        await using var first = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address);
        await first.SignInAsync(Other, PortalUnderTest.AdminPassword);
        await using var second = await PageInBrowser.OpenAsync(chromium, portal.Address);
        foreach (var (page, comment) in ((PageInBrowser, string)[])[(first, "I was first"), (second, "And I second")])
        {
            await page.GoAsync("alarms/1");
            await page.Page.ClickAsync("button:has-text('Acknowledge…')");
            await page.Page.FillAsync(".mud-dialog textarea", comment);
        }

        await first.Page.ClickAsync(".mud-dialog-actions button:has-text('Acknowledge')");
        await first.UntilAsync("document.querySelector('main').textContent.includes('1 alarm acknowledged')");
        await second.Page.ClickAsync(".mud-dialog-actions button:has-text('Acknowledge')");

        await second.UntilAsync(
            "other => document.querySelector('main').textContent.includes(`${other} has acknowledged this alarm meanwhile`)", Other);
        await second.UntilAsync("document.querySelector('.life .comment').textContent === 'I was first'");
    }

    [Fact]
    public async Task Chart_HasTheLimitsAndThePinsOfTheAlarm()
    {
        await using var portal = await StartAsync();
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address, isStill: true);

        await browser.GoAsync("alarms/1");

        await browser.UntilAsync("[...document.querySelectorAll('[data-limit]')].map(l => l.dataset.limit).join() === '2,8'");
        await browser.UntilAsync("!!document.querySelector('.chart-backdrop [data-mark~=alarm]')");
        Assert.Empty(browser.Faults);
    }

    private static async Task<PortalUnderTest> StartAsync()
    {
        var portal = await PortalUnderTest.StartAsync();
        await portal.RuleAsync(AlarmBench.Fridge());
        var (serial, now) = (Some.Serial(), Some.Now());
        await portal.Client.MeasureAsync(
            Some.Body(Enumerable.Range(0, 20).Select(i => Some.Record(serial, now.AddMinutes(-3 * i), i < 5 ? 11.2 : 5))));
        Assert.Single(await portal.AlarmsAsync());
        return portal;
    }

    private static async Task TabToAsync(PageInBrowser browser, string isThere)
    {
        for (var i = 0; i < 60 && !await browser.Page.EvaluateAsync<bool>(isThere); i++)
        {
            await browser.Page.Keyboard.PressAsync("Tab");
        }

        Assert.True(await browser.Page.EvaluateAsync<bool>(isThere));
    }
}
