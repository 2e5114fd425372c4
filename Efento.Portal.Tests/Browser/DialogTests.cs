using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Every dialog of the administration, open: on a desktop and on a phone, in both themes, and with the keyboard alone.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class DialogTests(Chromium chromium, DialogTests.Site site) : IClassFixture<DialogTests.Site>
{
    private const string Logger = "282C024FFFB2";
    private const string Renamed = "282C024FFFB4";
    private const string Viewer = "viewer@portal.test";

    /// <summary>A page, and what is pressed there, one after the other, until a dialog is open.</summary>
    private static readonly (string Path, string[][] Ways)[] Dialogs =
    [
        ("admin/tokens",
        [
            ["Issue a gateway token", "More options", "Add a header", "Issue the token"],
            ["Change Set-up"],
            ["Replace Set-up"],
            ["Revoke Set-up", "Revoke"],
        ]),
        ("admin/tokens?for=programs", [["Issue an API token"], ["Change Script"], ["Revoke Script"]]),
        ("admin/loggers", Each($"Actions for {Logger}", "Name and location…", "Set to N…", "Replace…", "Refuse…", "Retire…")),
        ("admin/users",
        [
            ["Invite person"],
            .. Each($"Change {Viewer}", "Change the role…", "Limit to locations…", "Sessions…", "Password link…", "Disable…"),
        ]),
        ("admin/locations",
        [
            ["Add a location"],
            [Logger, "Place…"],
            .. Each("Change Ward", "Add a location in it…", "Rename…", "Move into another…", "Delete…"),
        ]),
        ("admin/rules",
        [
            ["Add a rule"], .. Each("Actions for Ward", "Add a rule here…", "Set rules from a template…"), ["Change “Silent logger”"],
        ]),
        ("admin/channels", [["Add a channel"], .. Each("Actions for mail", "Test…", "Change…", "Remove…"), ["Actions for hook", "Change…"]]),
        ("admin/notifications",
        [
            ["Add a person"], ["Add a rota", "Add a week", "Add a day"], ["Add a chain", "Add a step"], ["Change anna@site.example"],
            ["Change night"], ["Change ward"], ["Remove ward"],
            ["Set up"], ["Start a drill"],
        ]),
        ("admin/screens", [["Create link for a screen"], ["Revoke Lobby"]]),
        ("admin/quarantine", [["Select item 1", "Discard…"]]),
        ("gateways/1", [["Name and note"], ["Retire…"]]),
        ("alarms/1", [["Acknowledge…"], ["Hand over…"], ["Snooze…"], ["Sensor gone…"]]),
    ];

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Dialogs_InEveryLook_HaveNoFaultAndFit(int width)
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address, width, isStill: true);
        List<string> faults = [];
        foreach (var (path, ways) in Dialogs)
        {
            await browser.GoAsync(path);
            foreach (var way in ways)
            {
                var before = await browser.Page.EvaluateAsync<double[]>(HeadingPlace);
                await OpenAsync(browser, way);
                Assert.Equal(before, await browser.Page.EvaluateAsync<double[]>(HeadingPlace));
                Assert.True(await browser.Page.EvaluateAsync<bool>(IsWithinTheWindow), $"{string.Join(" > ", way)} does not fit");
                faults.AddRange(await Look.InBothThemesAsync(browser, $"{path} {string.Join(" > ", way)}"));
                await browser.Page.Keyboard.PressAsync("Escape");
                await ClosedAsync(browser);
            }
        }

        Assert.Empty(browser.Faults);
        Assert.Equal([], faults);
    }

    [Fact]
    public async Task Rename_WithTheKeyboard_IsSavedAndTheFocusReturns()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address);
        var (page, keys) = (browser.Page, browser.Page.Keyboard);
        await browser.GoAsync("admin/loggers");
        await page.GetByLabel($"Actions for {Renamed}").FocusAsync();
        await keys.PressAsync("Enter");
        await FocusedAsync(browser, "Name and location…");
        await keys.PressAsync("Enter");
        await FocusedAsync(browser, "Name");

        await keys.PressAsync("Control+A");
        await keys.TypeAsync("Fridge 3");
        await TabToAsync(browser, "Save");
        await keys.PressAsync("Enter");

        await browser.TextAsync(".notice > span", "“Fridge 3” is saved.");
        await ClosedAsync(browser);
        await FocusedAsync(browser, $"Actions for {Renamed}");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Invite_WithTheKeyboard_ShowsTheLinkAndTheFocusReturns()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address);
        var (page, keys) = (browser.Page, browser.Page.Keyboard);
        await browser.GoAsync("admin/users");
        await Named(page, "Invite person").FocusAsync();
        await keys.PressAsync("Enter");
        await FocusedAsync(browser, "E-mail address");

        await keys.TypeAsync("new@portal.test");
        await TabToAsync(browser, "Create link");
        await keys.PressAsync("Enter");
        await page.Locator(".mud-dialog portal-copy").WaitForAsync();
        await FocusedAsync(browser, "Done");
        await keys.PressAsync("Enter");

        await ClosedAsync(browser);
        await FocusedAsync(browser, "Invite person");
        Assert.Empty(browser.Faults);
    }

    /// <summary>The ways by a menu to each of its actions.</summary>
    private static string[][] Each(string menu, params string[] actions) => [.. actions.Select(action => new[] { menu, action })];

    private static async Task OpenAsync(PageInBrowser browser, string[] way)
    {
        foreach (var name in way)
        {
            await Named(browser.Page, name).ClickAsync();
        }

        await browser.UntilAsync(IsOpen);

        // Keys are those of the dialog and not of the page behind it.
        await browser.UntilAsync("document.querySelector('.mud-dialog-container').contains(document.activeElement)");
    }

    private static ILocator Named(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })
        .Or(page.GetByRole(AriaRole.Checkbox, new() { Name = name, Exact = true }))
        .Or(page.Locator("summary").GetByText(name, new() { Exact = true }))
        .Or(page.Locator(".mud-popover-open").GetByText(name, new() { Exact = true }));

    private static Task ClosedAsync(PageInBrowser browser) => browser.UntilAsync("!document.querySelector('.mud-dialog')");

    private static Task FocusedAsync(PageInBrowser browser, string name) => browser.UntilAsync(Focused, name);

    private static async Task TabToAsync(PageInBrowser browser, string name)
    {
        for (var steps = 0; steps < 12 && !await browser.Page.EvaluateAsync<bool>(Focused, name); steps++)
        {
            await browser.Page.Keyboard.PressAsync("Tab");
        }

        await FocusedAsync(browser, name);
    }

    private const string IsOpen =
        """
        document.querySelector('.mud-dialog-container')?.getAnimations({ subtree: true })
          .every(animation => animation.playState === 'finished') === true
        """;

    /// <summary>Where the page behind has its heading, however far it is scrolled.</summary>
    private const string HeadingPlace =
        """
        (() => {
          const { left, top } = document.querySelector('h1').getBoundingClientRect();
          return [left, top + scrollY, document.querySelector('main').getBoundingClientRect().width];
        })()
        """;

    private const string IsWithinTheWindow =
        """
        (() => {
          const { left, right, top, bottom } = document.querySelector('.mud-dialog').getBoundingClientRect();
          return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
        })()
        """;

    private const string Focused =
        """
        name => {
          const at = document.activeElement;
          return [at?.getAttribute('aria-label'), at?.labels?.[0]?.textContent.replace('*', ''), at?.textContent]
            .some(text => text?.trim() === name);
        }
        """;

    /// <summary>A portal with one of each that has a dialog.</summary>
    public sealed class Site : IAsyncLifetime
    {
        /// <summary>The portal.</summary>
        public PortalUnderTest Portal { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            Portal = await PortalUnderTest.StartAsync();
            await Portal.RuleAsync(AlarmBench.Fridge());
            await Portal.Client.MeasureAsync(Some.Body(Some.Record(Logger, Some.Now()), Some.Record(Renamed, Some.Now())));
            await Portal.Client.MeasureAsync("no JSON");
            Assert.Equal(3, (await Portal.LookAsync()).Count);
            await Portal.Get<LocationDecisions>().CreateAsync(Actor.Portal, null, "Ward");
            await Portal.Get<ScreenLinks>().MakeAsync(Actor.Portal, new ScreenDraft("Lobby", null, null));
            await Portal.Get<TokenIssuer>().IssueApiTokenAsync("Script", ApiScopes.MeasurementsRead);
            Assert.Empty(await Portal.Get<UserAccounts>().AddAsync(Actor.Portal, Viewer, PortalUnderTest.AdminPassword, Role.Viewer));

            // At last: nothing is told through its channels, which would fail and say so above the pages.
            await Portal.TellAsync(NotificationBench.NightAndDay);
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
