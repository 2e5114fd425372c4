using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Every dialog of the administration, open: on a desktop and on a phone, in both themes, and with the keyboard alone.</summary>
public sealed class DialogTests(Chromium chromium, DialogTests.Site site) : IClassFixture<DialogTests.Site>
{
    private const string Logger = "282C024FFFB2";
    private const string Renamed = "282C024FFFB4";
    private const string Viewer = "viewer@portal.test";

    /// <summary>A page, and what is pressed there, one after the other, until a dialog is open.</summary>
    private static readonly (string Path, string[][] Ways)[] Dialogs =
    [
        ("admin/tokens", [["Issue a gateway token", "Add a header", "Issue the token"], ["Change Set-up"], ["Replace Set-up"], ["Revoke Set-up", "Revoke"]]),
        ("admin/tokens?for=programs", [["Issue an API token"], ["Change Script"], ["Revoke Script"]]),
        ("admin/loggers", [.. new[] { "Rename…", "Set to N…", "Replace…", "Refuse…", "Retire…" }.Select(action => new[] { $"Actions for {Logger}", action })]),
        ("admin/users", [["Invite somebody"], .. new[] { "Change the role…", "Limit to locations…", "Sessions…", "Link for a new password…", "Disable…" }.Select(action => new[] { $"Change {Viewer}", action })]),
        ("admin/locations", [["Add a location"], [Logger, "Place…"], .. new[] { "Add a location in it…", "Rename…", "Move into another…", "Delete…" }.Select(action => new[] { "Change Ward", action })]),
        ("admin/screens", [["Make a link for a screen"], ["Revoke Lobby"]]),
        ("admin/quarantine", [["Select item 1", "Discard…"]]),
        ("gateways/1", [["Name and note"], ["Retire…"]]),
    ];

    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1440, ColorScheme.Light },
        { 1440, ColorScheme.Dark },
        { 360, ColorScheme.Light },
        { 360, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Dialogs_InEveryLook_HaveNoFaultAndFit(int width, ColorScheme theme)
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address, width, theme);
        List<string> barriers = [];
        foreach (var (path, ways) in Dialogs)
        {
            await browser.GoAsync(path);
            foreach (var way in ways)
            {
                foreach (var name in way)
                {
                    await Named(browser.Page, name).ClickAsync();
                }

                await browser.UntilAsync("document.querySelector('.mud-dialog-container')?.getAnimations({ subtree: true }).every(a => a.playState === 'finished') === true");

                var dialog = await browser.Page.EvaluateAsync<double[]>("(() => { const { left, right, top, bottom } = document.querySelector('.mud-dialog').getBoundingClientRect(); return [left, right, top, bottom]; })()");
                Assert.True(dialog[0] >= 0 && dialog[1] <= width && dialog[2] >= 0 && dialog[3] <= 900, $"{string.Join(" > ", way)} does not fit");
                barriers.AddRange((await browser.BarriersAsync()).Select(barrier => $"{string.Join(" > ", way)}: {barrier}"));
                await browser.Page.Keyboard.PressAsync("Escape");
                await ClosedAsync(browser);
            }
        }

        Assert.Empty(browser.Faults);
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }

    [Fact]
    public async Task Rename_WithTheKeyboard_IsSavedAndTheFocusReturns()
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address);
        var (page, keys) = (browser.Page, browser.Page.Keyboard);
        await browser.GoAsync("admin/loggers");
        await page.GetByLabel($"Actions for {Renamed}").FocusAsync();
        await keys.PressAsync("Enter");
        await FocusedAsync(browser, "Rename…");
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
        await Named(page, "Invite somebody").FocusAsync();
        await keys.PressAsync("Enter");
        await FocusedAsync(browser, "E-mail address");

        await keys.TypeAsync("new@portal.test");
        await TabToAsync(browser, "Make the link");
        await keys.PressAsync("Enter");
        await page.Locator(".mud-dialog portal-copy").WaitForAsync();
        await FocusedAsync(browser, "Done");
        await keys.PressAsync("Enter");

        await ClosedAsync(browser);
        await FocusedAsync(browser, "Invite somebody");
        Assert.Empty(browser.Faults);
    }

    private static ILocator Named(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })
        .Or(page.GetByRole(AriaRole.Checkbox, new() { Name = name, Exact = true }))
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

    private const string Focused =
        """
        name => {
          const at = document.activeElement;
          return [at?.getAttribute('aria-label'), at?.labels?.[0]?.textContent.replace('*', ''), at?.textContent].some(text => text?.trim() === name);
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
            await Portal.Client.MeasureAsync(Some.Body(Some.Record(Logger, Some.Now()), Some.Record(Renamed, Some.Now())));
            await Portal.Client.MeasureAsync("no JSON");
            await Portal.Get<LocationDecisions>().CreateAsync(Actor.Portal, null, "Ward");
            await Portal.Get<ScreenLinks>().MakeAsync(Actor.Portal, new ScreenDraft("Lobby", null, null));
            await Portal.Get<TokenIssuer>().IssueApiTokenAsync("Script", ApiScopes.MeasurementsRead);
            Assert.Empty(await Portal.Get<UserAccounts>().AddAsync(Actor.Portal, Viewer, PortalUnderTest.AdminPassword, Role.Viewer));
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
