using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Alarms;
using Efento.Portal.Components.Pages;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.Pages.Admin;
using Efento.Portal.Components.Pages.Admin.Audit;
using Efento.Portal.Components.Pages.Admin.Backup;
using Efento.Portal.Components.Pages.Admin.Channels;
using Efento.Portal.Components.Pages.Admin.Deliveries;
using Efento.Portal.Components.Pages.Admin.Drills;
using Efento.Portal.Components.Pages.Admin.Locations;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Components.Pages.Admin.Notifications;
using Efento.Portal.Components.Pages.Admin.Quarantine;
using Efento.Portal.Components.Pages.Admin.Rules;
using Efento.Portal.Components.Pages.Admin.Screens;
using Efento.Portal.Components.Pages.Admin.Settings;
using Efento.Portal.Components.Pages.Admin.Tokens;
using Efento.Portal.Components.Pages.Admin.Users;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Components.Pages.Compare;
using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Components.Pages.Help;
using Efento.Portal.Components.Pages.Loggers;
using Efento.Portal.Components.Pages.MailBox;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Maintenance;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Every page in both themes, on a desktop and on a phone.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class EveryPageTests(Chromium chromium, EveryPageTests.Site site) : IClassFixture<EveryPageTests.Site>
{
    private const string Logger = "282C024FFFB2";
    private const int Phone = 360;

    /// <summary>Addresses of every page behind the sign-in.</summary>
    private static readonly Dictionary<Type, string[]> Paths = new()
    {
        [typeof(OverviewPage)] = [""],
        [typeof(AlarmsPage)] = ["alarms", "alarms?state=withdrawn&level=critical"],
        [typeof(AlarmPage)] = ["alarms/1", "alarms/9999"],
        [typeof(GatewaysPage)] = ["gateways"],
        [typeof(GatewayPage)] = ["gateways/1", "gateways/9"],
        [typeof(LoggerPage)] = ["loggers/282C024FFFB9"],
        [typeof(PointPage)] =
        [
            "points/1", "points/1?range=1h", "points/1?range=1y", "points/1?from=2026-03-28T23:00:00Z&to=2026-03-29T22:00:00Z",
            "points/6", "points/9999",
        ],
        [typeof(ComparePage)] = ["compare", "compare?points=1,6,7,99", "compare?points=1,4&range=1y&hide=1.2"],
        [typeof(HelpPage)] = ["help", "help/points", "help/operations", "help/third-party-licences", "help/nothing-of-the-kind"],
        [typeof(AboutPage)] = ["about"],
        [typeof(MailBoxPage)] = ["demo/mail"],
        [typeof(AdminPage)] = ["admin"],
        [typeof(TokensPage)] = ["admin/tokens", "admin/tokens?for=programs"],
        [typeof(LoggersPage)] = ["admin/loggers"],
        [typeof(NamesPage)] = ["admin/loggers/names"],
        [typeof(SettingsPage)] = ["admin/settings"],
        [typeof(LocationsPage)] = ["admin/locations"],
        [typeof(MaintenancePage)] = ["admin/maintenance"],
        [typeof(BackupPage)] = ["admin/backup"],
        [typeof(QuarantinePage)] = ["admin/quarantine"],
        [typeof(QuarantineItemPage)] = ["admin/quarantine/1"],
        [typeof(RulesPage)] = ["admin/rules"],
        [typeof(ChannelsPage)] = ["admin/channels"],
        [typeof(DeliveriesPage)] = ["admin/deliveries", "admin/deliveries?state=failed&time=1d"],
        [typeof(NotificationsPage)] = ["admin/notifications"],
        [typeof(DrillPage)] = ["admin/drills/1", "admin/drills/9999"],
        [typeof(ScreensPage)] = ["admin/screens"],
        [typeof(UsersPage)] = ["admin/users"],
        [typeof(AuditPage)] = ["admin/audit", "admin/audit?text=nothing-of-the-kind"],
        [typeof(AccountPage)] = ["account"],
    };

    /// <summary>Addresses of every page before it, of a portal that is set up or is not; the codes of links are put in.</summary>
    private static readonly Dictionary<Type, string[]> OpenPaths = new()
    {
        [typeof(SignInPage)] = ["sign-in"],
        [typeof(SetupPage)] = ["setup", "setup?code={setup}"],
        [typeof(InvitationPage)] = ["invitation/{invitation}", "invitation/used"],
        [typeof(AddressCheckPage)] = ["address-check/over"],
        [typeof(NotAllowedPage)] = ["not-allowed"],
        [typeof(WrongHostPage)] = ["wrong-host"],
        [typeof(NotFound)] = ["not-found"],
        [typeof(Error)] = ["error"],
    };

    /// <summary>Pages that say in an empty portal that there is nothing, whatever the address.</summary>
    private static readonly Type[] OfWhatIsMissing = [typeof(PointPage), typeof(GatewayPage), typeof(AlarmPage)];

    [Fact]
    public void Pages_EachOne_IsLookedAt() => Assert.Equal(
        typeof(Program).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(RouteAttribute), false))
            .Select(type => type.Name).Order(StringComparer.Ordinal),
        Paths.Keys.Concat(OpenPaths.Keys).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(1440)]
    [InlineData(Phone)]
    public async Task Pages_InEveryLook_HaveNoFaultAndFit(int width)
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Full.Address, width, isStill: true);
        List<string> faults = [];
        foreach (var path in Paths.Values.SelectMany(paths => paths))
        {
            await browser.GoAsync(path);
            await browser.UntilAsync("!document.querySelector('.chart .loading')");
            faults.AddRange(await Look.InBothThemesAsync(browser, NameOf(path)));
            faults.AddRange(await Look.AtWidthsAsync(browser, NameOf(path), width > Phone ? [768, 2560] : []));
        }

        Assert.Empty(browser.Faults);
        Assert.Equal([], faults);
    }

    [Fact]
    public async Task Pages_InPolish_Fit()
    {
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, site.Full.Address, isStill: true);
        await browser.SignInAsync(Site.PolishEmail, PortalUnderTest.AdminPassword);
        List<string> faults = [];
        foreach (var path in Paths.Values.SelectMany(paths => paths))
        {
            await browser.GoAsync(path);
            await browser.UntilAsync("document.documentElement.lang === 'pl' && !document.querySelector('.chart .loading')");
            faults.AddRange(await Look.AtWidthsAsync(browser, $"polish-{NameOf(path)}", 1440, 1024, Phone));
        }

        Assert.Empty(browser.Faults);
        Assert.Equal([], faults);
    }

    /// <summary>In Polish the words for maintenance are the longest ones, and they may stand behind those of another state.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("gateways/1")]
    public async Task States_WithTheLongestWords_LeaveFiguresTheirRoom(string path)
    {
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, site.Full.Address, isStill: true);
        await browser.SignInAsync(Site.PolishEmail, PortalUnderTest.AdminPassword);
        await browser.GoAsync(path);

        await browser.Page.EvaluateAsync(
            "document.querySelectorAll('portal-freshness').forEach("
                + "logger => { logger.setAttribute('late', '2026-01-01T00:00:00Z'); logger.setAttribute('maintenance', ''); })");

        await browser.UntilAsync(
            "[...document.querySelectorAll('main portal-state')].some(state => state.textContent === 'Błąd czujnika · Przerwa techniczna')");
        Assert.Equal([], await Look.AtWidthsAsync(browser, $"states-{NameOf(path)}", 1440, 1024, Phone));
    }

    [Proves(ScreenRule.NothingIsADeadEnd)]
    [Theory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Pages_OfAnEmptyPortal_HaveNoFaultAndFit(int width, ColorScheme theme)
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Empty.Address, width, theme, isStill: true);
        List<string> faults = [];
        foreach (var path in Paths.SelectMany(page => OfWhatIsMissing.Contains(page.Key) ? page.Value[..1] : page.Value))
        {
            await browser.GoAsync(path);
            faults.AddRange(await Look.InOneThemeAsync(browser, $"{NameOf(path)}-empty"));
        }

        Assert.Empty(browser.Faults);
        Assert.Equal([], faults);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Pages_BeforeTheSignIn_HaveNoFaultAndFit(int width)
    {
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, site.Full.Address, width, isStill: true);
        List<string> faults = [];
        foreach (var path in OpenPaths.Values.SelectMany(paths => paths))
        {
            await browser.VisitAsync(OpenAddress(site.Full, path));
            faults.AddRange(await Look.InBothThemesAsync(browser, NameOf(path)));
        }

        AssertNoFaultButErrorPages(browser);
        Assert.Equal([], faults);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Pages_BeforeTheSetUp_HaveNoFaultAndFit(int width, ColorScheme theme)
    {
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, site.New.Address, width, theme, isStill: true);
        List<string> faults = [];
        foreach (var path in OpenPaths.Values.SelectMany(paths => paths))
        {
            await browser.VisitAsync(OpenAddress(site.New, path));
            faults.AddRange(await Look.InOneThemeAsync(browser, $"{NameOf(path)}-new"));
        }

        AssertNoFaultButErrorPages(browser);
        Assert.Equal([], faults);
    }

    /// <summary>A page that says that something is missing or failed is answered as such, which browsers note.</summary>
    private static void AssertNoFaultButErrorPages(PageInBrowser browser) =>
        Assert.DoesNotContain(browser.Faults, fault => !fault.Contains("Failed to load resource", StringComparison.Ordinal));

    private string OpenAddress(PortalUnderTest portal, string path) => new Uri(
        portal.Address,
        path.Replace("{setup}", site.SetupCode, StringComparison.Ordinal)
            .Replace("{invitation}", site.InvitationCode, StringComparison.Ordinal)).ToString();

    private static string NameOf(string path) => path.Length == 0 ? "overview" : path;

    /// <summary>A portal with much that can be wrong, one with nothing, and one that nobody has set up.</summary>
    public sealed class Site : IAsyncLifetime
    {
        /// <summary>Who reads the one with loggers in Polish.</summary>
        public const string PolishEmail = "polish@portal.test";

        /// <summary>The one with loggers.</summary>
        public PortalUnderTest Full { get; private set; } = null!;

        /// <summary>The one without.</summary>
        public PortalUnderTest Empty { get; private set; } = null!;

        /// <summary>The one that waits for its first administrator.</summary>
        public PortalUnderTest New { get; private set; } = null!;

        /// <summary>What opens its set-up.</summary>
        public string SetupCode { get; private set; } = "";

        /// <summary>What opens an invitation of the one with loggers.</summary>
        public string InvitationCode { get; private set; } = "";

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            Full = await PortalUnderTest.StartAsync();
            Empty = await PortalUnderTest.StartAsync();
            New = await PortalUnderTest.StartAsync(new() { IsSetUp = false });
            SetupCode = New.Log.Single(line => line.Contains("/setup?code=", StringComparison.Ordinal)).Split("code=")[1].Trim();
            InvitationCode = (await Full.Get<Invitations>().InviteAsync(Actor.Command, "invited@portal.test", Role.Viewer)).Code!;
            await Full.Get<ScreenLinks>().MakeAsync(
                Actor.Command, new ScreenDraft("A screen whose name takes more room than a phone has in one line", null, null));
            Assert.Empty(
                await Full.Get<UserAccounts>().AddAsync(Actor.Command, PolishEmail, PortalUnderTest.AdminPassword, Role.Administrator));
            var reader = (await Full.Get<UserAccounts>().ListAsync()).Single(user => user.Email == PolishEmail);
            await Full.Get<OwnPreferences>().ChangeAsync(reader.Id, before => before with { Language = "pl" });
            await Full.RuleAsync(AlarmBench.Fridge());
            await Full.TellAsync(NotificationBench.NightAndDay);
            await Full.Get<DrillService>().StartAsync(Actor.Command, new("default", AlarmLevel.Warning, null, IsAtOnce: false));
            var now = Some.Now();
            await Full.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 90_000, power: "UNPLUGGED"));
            await Full.Client.MeasureAsync(Some.Body(
            [
                .. Enumerable.Range(0, 240).Where(i => i is < 90 or > 150).Select(i => Some.Record(
                    Logger,
                    now.AddMinutes(-3 * i),
                    null,
                    Some.Param(4 + Math.Sin(i / 9.0)),
                    Some.Param(50 + (i % 7), 2, "humidity"),
                    Some.Param(i % 40 < 2 ? 1 : 0, 3, "open-close"))),
                Some.Record(Some.Serial(), now.AddHours(-5)),
                Some.Record(Some.Serial(), now.AddMinutes(-5)),
                Some.Record(Some.Serial(), now, 8_388_557),
                Some.Record(Some.Serial(), now, null, Some.Param(null, "NO_VALUE"), Some.Param(120, 2, "humidity")),
                Some.Record(Some.Serial(), now.AddMinutes(40)),
                Some.Record(Some.Serial(), now, null, Enumerable.Range(1, 6).Select(c => Some.Param(-20 - c, c))),
                Some.Record(
                    Some.Serial(),
                    now,
                    null,
                    Some.Param(123456789, 1, "elec_meter_acc"),
                    Some.Param(0.5, 2, "an-unknown-type-with-a-name-as-long-as-names-may-be-at-all-here")),
            ]));
            Assert.NotEmpty(await Full.AlarmsAsync());
            await Full.Client.MeasureAsync("<b>no JSON</b>\0 and a name that takes more room than a phone has: " + new string('x', 300));
            await Full.Client.MeasureAsync(
                Some.Body("""{"serial":"282C00000001","measured_at":"never"}""", Some.Record("282C00000001", now.AddYears(-30))));
            await Full.Get<MaintenanceMode>().StartAsync(
                Actor.Command, TimeSpan.FromHours(1), "A reason that takes more room than a phone has in one line");
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await Full.DisposeAsync();
            await Empty.DisposeAsync();
            await New.DisposeAsync();
        }
    }
}
