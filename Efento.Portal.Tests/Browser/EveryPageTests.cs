using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Components.Pages;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.Pages.Admin;
using Efento.Portal.Components.Pages.Admin.Audit;
using Efento.Portal.Components.Pages.Admin.Locations;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Components.Pages.Admin.Quarantine;
using Efento.Portal.Components.Pages.Admin.Screens;
using Efento.Portal.Components.Pages.Admin.Tokens;
using Efento.Portal.Components.Pages.Admin.Users;
using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Components.Pages.Loggers;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Every page in both themes, on a desktop and on a phone; pictures go to artifacts/screenshots.</summary>
public sealed class EveryPageTests(Chromium chromium, EveryPageTests.Site site) : IClassFixture<EveryPageTests.Site>
{
    private const string Logger = "282C024FFFB2";

    /// <summary>Addresses of every page behind the sign-in.</summary>
    private static readonly Dictionary<Type, string[]> Paths = new()
    {
        [typeof(OverviewPage)] = [""],
        [typeof(GatewaysPage)] = ["gateways"],
        [typeof(GatewayPage)] = ["gateways/1", "gateways/9"],
        [typeof(LoggerPage)] = ["loggers/282C024FFFB9"],
        [typeof(PointPage)] = ["points/1", "points/1?range=1h", "points/1?range=1y", "points/1?from=2026-03-28T23:00:00Z&to=2026-03-29T22:00:00Z", "points/6", "points/9999"],
        [typeof(AdminPage)] = ["admin"],
        [typeof(TokensPage)] = ["admin/tokens", "admin/tokens?for=programs"],
        [typeof(LoggersPage)] = ["admin/loggers"],
        [typeof(LocationsPage)] = ["admin/locations"],
        [typeof(MaintenancePage)] = ["admin/maintenance"],
        [typeof(QuarantinePage)] = ["admin/quarantine"],
        [typeof(QuarantineItemPage)] = ["admin/quarantine/1"],
        [typeof(ScreensPage)] = ["admin/screens"],
        [typeof(UsersPage)] = ["admin/users"],
        [typeof(AuditPage)] = ["admin/audit", "admin/audit?text=nothing-of-the-kind"],
        [typeof(AccountPage)] = ["account"],
    };

    /// <summary>Addresses of every page before it, of a portal that is set up and of one that is not; the codes of links are put in.</summary>
    private static readonly Dictionary<Type, string[]> OpenPaths = new()
    {
        [typeof(SignInPage)] = ["sign-in"],
        [typeof(SetupPage)] = ["setup", "setup?code={setup}"],
        [typeof(InvitationPage)] = ["invitation/{invitation}", "invitation/used"],
        [typeof(NotAllowedPage)] = ["not-allowed"],
        [typeof(WrongHostPage)] = ["wrong-host"],
        [typeof(NotFound)] = ["not-found"],
        [typeof(Error)] = ["error"],
    };

    public static TheoryData<int, ColorScheme, bool> Looks => new()
    {
        { 1440, ColorScheme.Light, false },
        { 1440, ColorScheme.Dark, false },
        { 360, ColorScheme.Light, false },
        { 360, ColorScheme.Dark, false },
        { 360, ColorScheme.Light, true },
        { 1440, ColorScheme.Dark, true },
    };

    [Fact]
    public void Pages_EachOne_IsLookedAt() => Assert.Equal(
        typeof(Program).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RouteAttribute), false)).Select(type => type.Name).Order(StringComparer.Ordinal),
        Paths.Keys.Concat(OpenPaths.Keys).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Pages_InEveryLook_HaveNoFaultAndFit(int width, ColorScheme theme, bool isEmpty)
    {
        var portal = isEmpty ? site.Empty : site.Full;
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address, width, theme);
        List<string> barriers = [];
        foreach (var path in Paths.Values.SelectMany(paths => paths))
        {
            await browser.GoAsync(path);
            await browser.UntilAsync("!document.querySelector('.chart .loading')");
            barriers.AddRange(await LookAtAsync(browser, path, PictureOf(path, width, theme, isEmpty), width));
        }

        Assert.Empty(browser.Faults);
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Pages_BeforeTheSignIn_HaveNoFaultAndFit(int width, ColorScheme theme, bool isEmpty)
    {
        var portal = isEmpty ? site.New : site.Full;
        await using var browser = await PageInBrowser.OpenUnknownAsync(chromium, portal.Address, width, theme);
        List<string> barriers = [];
        foreach (var path in OpenPaths.Values.SelectMany(paths => paths))
        {
            var address = path.Replace("{setup}", site.SetupCode, StringComparison.Ordinal).Replace("{invitation}", site.InvitationCode, StringComparison.Ordinal);
            await browser.Page.GotoAsync(new Uri(portal.Address, address).ToString());
            barriers.AddRange(await LookAtAsync(browser, path, PictureOf(path, width, theme, isEmpty), width));
        }

        // A page that says that something is missing or failed is answered as such, which browsers note.
        Assert.DoesNotContain(browser.Faults, fault => !fault.Contains("Failed to load resource", StringComparison.Ordinal));
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }

    private static async Task<IReadOnlyList<string>> LookAtAsync(PageInBrowser browser, string path, string picture, int width)
    {
        await browser.PictureAsync(picture);
        Assert.True(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"/{path} scrolls sideways");
        return await browser.BarriersAsync();
    }

    private static string PictureOf(string path, int width, ColorScheme theme, bool isEmpty)
    {
        var name = path.Length == 0 ? "overview" : string.Join('-', path.Split('/', '?', '=', '{', '}'));
        return $"{name}-{width}-{theme}{(isEmpty ? "-empty" : "")}";
    }

    /// <summary>A portal with much that can be wrong, one with nothing, and one that nobody has set up.</summary>
    public sealed class Site : IAsyncLifetime
    {
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
            await Full.Get<ScreenLinks>().MakeAsync(Actor.Command, new ScreenDraft("A screen whose name takes more room than a phone has in one line", null, null));
            var now = Some.Now();
            await Full.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 90_000, power: "UNPLUGGED"));
            await Full.Client.MeasureAsync(Some.Body(
            [
                .. Enumerable.Range(0, 240).Where(i => i is < 90 or > 150).Select(i => Some.Record(
                    Logger, now.AddMinutes(-3 * i), null, Some.Param(4 + Math.Sin(i / 9.0)), Some.Param(50 + (i % 7), 2, "humidity"), Some.Param(i % 40 < 2 ? 1 : 0, 3, "open-close"))),
                Some.Record(Some.Serial(), now.AddHours(-5)),
                Some.Record(Some.Serial(), now.AddMinutes(-5)),
                Some.Record(Some.Serial(), now, 8_388_557),
                Some.Record(Some.Serial(), now, null, Some.Param(null, "NO_VALUE"), Some.Param(120, 2, "humidity")),
                Some.Record(Some.Serial(), now.AddMinutes(40)),
                Some.Record(Some.Serial(), now, null, Enumerable.Range(1, 6).Select(c => Some.Param(-20 - c, c))),
                Some.Record(Some.Serial(), now, null, Some.Param(123456789, 1, "elec_meter_acc"), Some.Param(0.5, 2, "an-unknown-type-with-a-name-as-long-as-names-may-be-at-all-here")),
            ]));
            await Full.Client.MeasureAsync("<b>no JSON</b>\0 and a name that takes more room than a phone has: " + new string('x', 300));
            await Full.Client.MeasureAsync(Some.Body("""{"serial":"282C00000001","measured_at":"never"}""", Some.Record("282C00000001", now.AddYears(-30))));
            await Full.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "A reason that takes more room than a phone has in one line");
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
