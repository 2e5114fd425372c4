using System.Net;
using Efento.Portal.Access;
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
using Efento.Portal.Components.People;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Efento.Portal.Tests.Integration;

/// <summary>What each role reaches by address.</summary>
public sealed class RoleTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private static readonly Role[] Everybody = [Role.Viewer, Role.Operator, Role.Auditor, Role.Administrator];
    private static readonly Role[] Inspectors = [Role.Auditor, Role.Administrator];

    /// <summary>An address of each page behind the sign-in, and whom it is for.</summary>
    private static readonly Dictionary<Type, (string Address, Role[] For)> Pages = new()
    {
        [typeof(OverviewPage)] = ("", Everybody),
        [typeof(AlarmsPage)] = ("alarms", Everybody),
        [typeof(AlarmPage)] = ("alarms/1", Everybody),
        [typeof(GatewaysPage)] = ("gateways", Everybody),
        [typeof(GatewayPage)] = ("gateways/1", Everybody),
        [typeof(LoggerPage)] = ("loggers/282C00000001", Everybody),
        [typeof(PointPage)] = ("points/1", Everybody),
        [typeof(ComparePage)] = ("compare?points=1", Everybody),
        [typeof(HelpPage)] = ("help/points", Everybody),
        [typeof(AboutPage)] = ("about", Everybody),
        [typeof(MailBoxPage)] = ("demo/mail", Everybody),
        [typeof(AccountPage)] = ("account", Everybody),
        [typeof(AdminPage)] = ("admin", Inspectors),
        [typeof(TokensPage)] = ("admin/tokens", Inspectors),
        [typeof(LocationsPage)] = ("admin/locations", Inspectors),
        [typeof(LoggersPage)] = ("admin/loggers", Inspectors),
        [typeof(NamesPage)] = ("admin/loggers/names", [Role.Administrator]),
        [typeof(SettingsPage)] = ("admin/settings", Inspectors),
        [typeof(MaintenancePage)] = ("admin/maintenance", Inspectors),
        [typeof(BackupPage)] = ("admin/backup", Inspectors),
        [typeof(QuarantinePage)] = ("admin/quarantine", Inspectors),
        [typeof(QuarantineItemPage)] = ("admin/quarantine/1", Inspectors),
        [typeof(RulesPage)] = ("admin/rules", Inspectors),
        [typeof(ChannelsPage)] = ("admin/channels", [Role.Administrator]),
        [typeof(DeliveriesPage)] = ("admin/deliveries", Inspectors),
        [typeof(NotificationsPage)] = ("admin/notifications", Inspectors),
        [typeof(DrillPage)] = ("admin/drills/1", Inspectors),
        [typeof(ScreensPage)] = ("admin/screens", Inspectors),
        [typeof(UsersPage)] = ("admin/users", Inspectors),
        [typeof(AuditPage)] = ("admin/audit", Inspectors),
    };

    /// <summary>Each route that browsers ask beside the pages, and whom it is for.</summary>
    private static readonly Dictionary<string, Role[]> Routes = new()
    {
        ["GET /downloads/alarms.csv"] = Everybody,
        ["GET /downloads/audit.csv"] = Inspectors,
        ["GET /downloads/body-shapes.json"] = Inspectors,
        ["GET /downloads/compare.csv"] = Everybody,
        ["GET /downloads/gateways/{id:int}/bodies.json"] = Inspectors,
        ["GET /downloads/names.csv"] = [Role.Administrator],
        ["GET /downloads/points/{id:int}/readings.csv"] = Everybody,
        ["GET /downloads/quarantine/{id:int}"] = Inspectors,
        ["GET /wall"] = Everybody,
        ["GET /wall/screen"] = [],
        ["GET /hubs/live"] = Everybody,
        ["GET /hubs/live/negotiate"] = Everybody,
        ["GET /wall/screen/live"] = [],
        ["GET /wall/screen/live/negotiate"] = [],
        ["POST /account/active"] = Everybody,
        ["POST /account/device"] = Everybody,
        ["POST /account/theme"] = Everybody,
        ["POST /sign-out"] = Everybody,
        ["POST /_blazor/negotiate"] = Everybody,
        ["GET /_blazor"] = Everybody,
    };

    /// <summary>Each route of the API, and the scope a token needs; no person's cookie will do.</summary>
    private static readonly Dictionary<string, string> Api = new()
    {
        ["GET /api/v1/loggers"] = ApiScopes.MeasurementsRead,
        ["GET /api/v1/loggers/{serial}/history"] = ApiScopes.MeasurementsRead,
        ["GET /api/v1/loggers/{serial}/readings"] = ApiScopes.MeasurementsRead,
        ["GET /api/v1/alarms"] = ApiScopes.AlarmsRead,
        ["GET /api/v1/alarms/{id:int}"] = ApiScopes.AlarmsRead,
        ["POST /api/v1/alarms/{id:int}/acknowledgement"] = ApiScopes.AlarmsAcknowledge,
        ["GET /api/v1/arrivals"] = ApiScopes.MeasurementsRead,
        ["GET /api/v1/deliveries"] = ApiScopes.DeliveriesRead,
        ["GET /api/v1/gateways"] = ApiScopes.GatewaysRead,
        ["GET /api/v1/rules"] = ApiScopes.RulesRead,
        ["PUT /api/v1/rules"] = ApiScopes.RulesWrite,
        ["GET /api/v1/maintenance"] = ApiScopes.MaintenanceWrite,
        ["PUT /api/v1/maintenance"] = ApiScopes.MaintenanceWrite,
        ["GET /metrics"] = ApiScopes.MetricsRead,
    };

    public static TheoryData<Role?> Roles => [Role.Viewer, Role.Operator, Role.Auditor, Role.Administrator, (Role?)null];

    [Fact]
    public void Pages_EachBehindTheSignIn_HasItsRow() => Assert.Equal(
        typeof(Program).Assembly
            .GetTypes()
            .Where(t => t.IsDefined(typeof(RouteAttribute), false) && !t.IsDefined(typeof(AllowAnonymousAttribute), false))
            .Select(t => t.Name)
            .Order(StringComparer.Ordinal),
        Pages.Keys.Select(t => t.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Routes_EachBehindTheSignIn_HasItsRow()
    {
        var there =
            from endpoint in shared.Portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]
            let route = $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}"
            where !IsOfTheFramework(route)
            select route;

        Assert.Equal(
            Routes.Keys.Where(route => !IsOfTheFramework(route)).Concat(Api.Keys).Order(StringComparer.Ordinal),
            there.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Page_OfEachRole_OpensForItsOwnOnly(Role? role)
    {
        foreach (var (page, (address, allowed)) in Pages)
        {
            using var person = await PersonAsync(role);
            using var answer = await person.GetAsync(address);

            Assert.Equal(
                (page.Name, role is { } own && allowed.Contains(own) ? null : role is null ? "/sign-in" : "/not-allowed"),
                (page.Name, RefusalOf(answer)));
        }
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Route_OfEachRole_AnswersItsOwnOnly(Role? role)
    {
        foreach (var (route, allowed) in Routes)
        {
            using var person = await PersonAsync(role);
            using var answer = await person.SendAsync(route.Split(' ')[0], AddressOf(route));

            Assert.Equal((route, role is not { } own || !allowed.Contains(own)), (route, RefusalOf(answer) is not null));
        }
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Api_OfAnyRole_TakesNoCookie(Role? role)
    {
        using var person = await PersonAsync(role);
        foreach (var route in Api.Keys)
        {
            using var answer = await person.SendAsync(
                route.Split(' ')[0], AddressOf(route), json: """{"on":true,"minutes":5,"reason":"forged"}""");

            Assert.Equal((route, HttpStatusCode.Unauthorized), (route, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Api_OfEachScope_AnswersItsOwnOnly()
    {
        using var program = new PeopleClient(shared.Portal.Address);
        foreach (var scope in ApiScopes.All)
        {
            var token = await shared.Portal.Get<TokenIssuer>().IssueApiTokenAsync($"For {scope}", scope);
            foreach (var (route, needed) in Api)
            {
                using var answer = await program.SendAsync(route.Split(' ')[0], AddressOf(route), token);

                Assert.Equal((route, scope, scope != needed), (route, scope, answer.StatusCode is HttpStatusCode.Forbidden));
            }
        }
    }

    [Fact]
    public async Task Users_OfAnAuditor_OfferNoChange()
    {
        await shared.Portal.Get<Invitations>().InviteAsync(Actor.Command, "invited@portal.test", Role.Viewer);
        using var admin = await PeopleClient.SignedInAsync(shared.Portal);
        using var auditor = await PeopleClient.SignedInAsync(shared.Portal, Role.Auditor);

        var (changes, looks) = (await PageAsync(admin), await PageAsync(auditor));

        Assert.All(
            (string[])["Invite person", "Withdraw", "Change admin@portal.test"], offer =>
                Assert.Contains(offer, changes, StringComparison.Ordinal));
        Assert.All(
            (string[])["Invite person", "Withdraw", "Change admin@portal.test"], offer =>
                Assert.DoesNotContain(offer, looks, StringComparison.Ordinal));
        Assert.Contains("invited@portal.test", looks, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PeopleEndpoints.ActivePath)]
    [InlineData(PeopleEndpoints.SignOutPath)]
    public async Task Post_OfNobody_IsRefused(string path)
    {
        using var nobody = new PeopleClient(shared.Portal.Address);
        using var answer = await nobody.PostAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<PeopleClient> PersonAsync(Role? role) =>
        role is { } own ? await PeopleClient.SignedInAsync(shared.Portal, own) : new PeopleClient(shared.Portal.Address);

    private static string AddressOf(string route) =>
        route.Split(' ')[1]
            .TrimStart('/')
            .Replace("{id:int}", "1", StringComparison.Ordinal)
            .Replace("{serial}", "282C00000001", StringComparison.Ordinal);

    /// <summary>Those that open a circuit have their rows all the same.</summary>
    private static bool IsOfTheFramework(string route) => route.Contains(" /_", StringComparison.Ordinal);

    /// <summary>Where somebody is led, or how they are answered, who may not have it; null if they got it.</summary>
    private static string? RefusalOf(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? answer.StatusCode.ToString()
        : answer.Headers.Location is { } to
            && new Uri(new Uri("http://portal"), to).AbsolutePath is "/sign-in" or "/not-allowed" or "/wall/ended"
            ? new Uri(new Uri("http://portal"), to).AbsolutePath
        : null;

    private static async Task<string> PageAsync(PeopleClient client)
    {
        using var answer = await client.GetAsync("admin/users");
        return await answer.Content.ReadAsStringAsync();
    }
}
