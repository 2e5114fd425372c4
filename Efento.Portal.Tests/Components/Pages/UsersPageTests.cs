using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Users;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class UsersPageTests : PageContext, IAsyncLifetime
{
    private static readonly Actor Other = new(ActorKind.Person, "other@portal.test");
    private PortalUnderTest _portal = null!;
    private BunitAuthorizationContext _person = null!;
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        Assert.Empty(
            await _portal.Get<UserAccounts>().AddAsync(Actor.Portal, "viewer@portal.test", PortalUnderTest.AdminPassword, Role.Viewer));
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IHttpContextAccessor>(new HttpContextAccessor());
        Services.AddScoped<CurrentPerson>();
        Services.AddScoped<ViewPreferences>();
        Services.AddScoped<PageLinks>();
        Take<PublicAddress>();
        Take<LocationDirectory>();
        Take<SiteScopes>();
        Take<PeopleDirectory>();
        Take<PeopleQuery>();
        Take<UserChanges>();
        Take<Invitations>();
        Take<SignInService>();
        _person = AddAuthorization();
        _person.SetAuthorized(PortalUnderTest.AdminEmail);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, "1"));
        _person.SetPolicies(Policies.Inspect, Policies.Administer);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Render<MudPopoverProvider>();
        _dialogs = Render<MudDialogProvider>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await DisposeComponentsAsync();
        await _portal.DisposeAsync();
        await base.DisposeAsyncCore();
    }

    [Fact]
    public void Page_ShowsEverybodyAndWhoLooks()
    {
        var page = Render<UsersPage>();

        Assert.Equal(["admin@portal.test (you)", "viewer@portal.test"], page.FindAll("td.email").Select(cell => cell.TextContent));
        Assert.Equal(2, page.FindAll("td.actions button").Count);
    }

    [Fact]
    public async Task Page_ChangedElsewhere_FollowsAtOnce()
    {
        var page = Render<UsersPage>();

        await _portal.Get<UserChanges>().SetRoleAsync(Other, await ViewerAsync(), Role.Operator, "test");

        page.WaitForAssertion(() => Assert.Contains("Operator", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invite_ShowsTheLinkOnce()
    {
        var page = Render<UsersPage>();
        await page.PressAsync(InviteButton);
        await _dialogs.InputAsync("input[type=email]", "new@portal.test");

        await ClickAsync("Create link");

        var link = _dialogs.WaitForElement("portal-copy").GetAttribute("text")!;
        Assert.NotNull(await _portal.Get<InvitationAcceptance>().FindAsync(link.Split('/')[^1]));
        page.WaitForAssertion(() => Assert.Contains("new@portal.test", page.Find(".invitations").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(link.Split('/')[^1], page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_WithAPublicAddress_LinksThere()
    {
        Assert.Empty(await _portal.Get<SiteSettings>().SetAddressAsync(Other, null, "https://portal.example.com"));
        await Render<UsersPage>().PressAsync(InviteButton);
        await _dialogs.InputAsync("input[type=email]", "new@portal.test");

        await ClickAsync("Create link");

        Assert.StartsWith(
            "https://portal.example.com/invitation/", _dialogs.WaitForElement("portal-copy").GetAttribute("text")!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_WithoutAnAddress_SaysSo()
    {
        await Render<UsersPage>().PressAsync(InviteButton);
        await _dialogs.InputAsync("input[type=email]", "nobody");

        await ClickAsync("Create link");

        Assert.Contains("not an e-mail address", _dialogs.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_ChangedMeanwhile_IsTold()
    {
        var table = Render<UsersPage>().FindComponent<UserTable>();
        var seen = table.Instance.Users[1];
        await table.InvokeAsync(() => table.Instance.OnState.InvokeAsync(seen));
        await _dialogs.InputAsync("input", "left us");
        await _portal.Get<UserChanges>().SetRoleAsync(Other, seen.Seen, Role.Operator, "test");

        await ClickAsync("Disable");

        Assert.Contains("Somebody else has changed this account", _dialogs.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Null((await _portal.Get<PeopleQuery>().UsersAsync())[1].DisabledUtc);
    }

    [Fact]
    public async Task Disable_OfTheLastAdministrator_IsRefusedInWords()
    {
        var table = Render<UsersPage>().FindComponent<UserTable>();
        await table.InvokeAsync(() => table.Instance.OnState.InvokeAsync(table.Instance.Users[0]));
        await _dialogs.InputAsync("input", "why not");

        await ClickAsync("Disable");

        Assert.Contains("only administrator", _dialogs.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_OfSomebodyWithoutTheRight_ChangesNothing()
    {
        var table = Render<UsersPage>().FindComponent<UserTable>();
        await table.InvokeAsync(() => table.Instance.OnState.InvokeAsync(table.Instance.Users[1]));
        await _dialogs.InputAsync("input", "forged");
        _person.SetPolicies(Policies.Inspect);

        await ClickAsync("Disable");

        Assert.Contains("does not allow this", _dialogs.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Null((await _portal.Get<PeopleQuery>().UsersAsync())[1].DisabledUtc);
    }

    private static IElement InviteButton(IRenderedComponent<UsersPage> page) =>
        page.FindAll("button").Single(b => b.TextContent.Contains("Invite person", StringComparison.Ordinal));

    private Task ClickAsync(string text) => _dialogs.PressAsync(p => p.FindAll("button").Single(b => b.TextContent.Trim() == text));

    private async Task<SeenUser> ViewerAsync() => (await _portal.Get<PeopleQuery>().UsersAsync())[1].Seen;

    private void Take<T>()
        where T : class => Services.AddSingleton(_portal.Get<T>());
}
