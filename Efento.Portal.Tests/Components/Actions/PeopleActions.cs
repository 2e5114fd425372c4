using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.Pages.Admin.Users;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the pages of the people let them do, with others' accounts and with their own.</summary>
internal static class PeopleActions
{
    private const string Other = "other@portal.test";

    private static readonly Subject Account = new("account", AddAsync);
    private static readonly Subject DisabledAccount = new("disabled account", async portal =>
    {
        await AddAsync(portal);
        await portal.Get<UserChanges>().DisableAsync(
            Actor.Command, (await portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == Other).Seen, "test");
    });

    private static readonly Subject Link = new(
        "invitation", portal => portal.Get<Invitations>().InviteAsync(Actor.Command, "invited@portal.test", Role.Viewer));
    private static readonly Subject Session = new("session", async portal =>
    {
        await AddAsync(portal);
        await SignInAsync(portal, Other);
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<UserChanges>(nameof(UserChanges.SetRoleAsync), Account, async scene =>
        {
            var people = People(scene);
            await scene.AskAsync(() => people.OnRole.InvokeAsync(OtherOf(people)));
            await scene.SetAsync<RoleSelect>(_ => true, select => select.ValueChanged.InvokeAsync(Role.Operator));
            await scene.FillAsync("Why", "new duties");
            return scene.Button("Change");
        }),
        Of<UserChanges>(nameof(UserChanges.SetLocationsAsync), Account, async scene =>
        {
            await scene.Portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, "Ward");
            var people = People(scene);
            await scene.AskAsync(() => people.OnLocations.InvokeAsync(OtherOf(people)));
            await scene.SetAsync<LocationLimitField>(_ => true, field => field.ValueChanged.InvokeAsync(new LocationLimit([1])));
            await scene.FillAsync("Why", "works in one ward");
            return scene.Button("Change");
        }),
        Of<UserChanges>(nameof(UserChanges.DisableAsync), Account, scene => StateAsync(scene, "Disable")),
        Of<UserChanges>(nameof(UserChanges.EnableAsync), DisabledAccount, scene => StateAsync(scene, "Enable")),
        Of<Invitations>(nameof(Invitations.InviteAsync), Subject.New(), async scene =>
        {
            var page = scene.Open<UsersPage>("admin/users");
            await scene.AskAsync(ActionScene.Message(page.FindComponents<MudButton>()[0]));
            await scene.FillAsync("E-mail address", "new@portal.test");
            return scene.Button("Create link");
        }),
        Of<Invitations>(nameof(Invitations.ResetAsync), Subject.New(AddAsync), async scene =>
        {
            var people = People(scene);
            await scene.AskAsync(() => people.OnReset.InvokeAsync(OtherOf(people)));
            await scene.FillAsync("Why", "forgotten");
            return scene.Button("Create link");
        }),
        Of<Invitations>(nameof(Invitations.RevokeAsync), Link, async scene =>
        {
            var links = scene.Open<UsersPage>("admin/users").FindComponent<InvitationList>().Instance;
            var asked = await scene.AskAsync(() => links.OnRevoke.InvokeAsync(links.Invitations[0]));
            return scene.Button("Withdraw", asked);
        }),
        Of<SignInService>(nameof(SignInService.EndAsync), Session, async scene =>
        {
            var people = People(scene);
            await scene.AskAsync(() => people.OnSessions.InvokeAsync(OtherOf(people)));
            return scene.Button("Sign out");
        }),
        new(typeof(AccountPage), $"{nameof(SignInService)}.{nameof(SignInService.EndAsync)}", Subject.New(), async scene =>
        {
            await SignInAsync(scene.Portal, ActionScene.Email);
            var page = scene.Open<AccountPage>("account");
            return ActionScene.Message(page.FindComponents<MudButton>().Last());
        })
        {
            Policy = Policies.View,
        },
        new(typeof(AccountPage), $"{nameof(OwnPassword)}.{nameof(OwnPassword.ChangeAsync)}", Subject.New(), async scene =>
        {
            var page = scene.Open<AccountPage>("account");
            await page.ChangeAsync("#old", PortalUnderTest.AdminPassword);
            await page.ChangeAsync("#password", "lamp river cheese anvil");
            await page.ChangeAsync("#again", "lamp river cheese anvil");
            var form = page.FindComponent<EditForm>();
            var (submit, fields) = (form.Instance.OnValidSubmit, new EditContext(form.Instance.Model!));
            return () => page.InvokeAsync(() => submit.InvokeAsync(fields));
        })
        {
            Policy = Policies.View,
        },
    ];

    private static PageAction Of<T>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(UsersPage), $"{typeof(T).Name}.{method}", subject, prepare);

    private static async Task<Func<Task>> StateAsync(ActionScene scene, string button)
    {
        var people = People(scene);
        await scene.AskAsync(() => people.OnState.InvokeAsync(OtherOf(people)));
        await scene.FillAsync("Why", "left us");
        return scene.Button(button);
    }

    private static UserTable People(ActionScene scene) => scene.Open<UsersPage>("admin/users").FindComponent<UserTable>().Instance;

    private static UserItem OtherOf(UserTable people) => people.Users.Single(u => u.Email == Other);

    private static async Task AddAsync(PortalUnderTest portal) =>
        Assert.Empty(await portal.Get<UserAccounts>().AddAsync(Actor.Command, Other, PortalUnderTest.AdminPassword, Role.Viewer));

    private static async Task SignInAsync(PortalUnderTest portal, string email) =>
        Assert.NotNull(
            (await portal.Get<SignInService>().SignInAsync(email, PortalUnderTest.AdminPassword, "192.0.2.8", "browser")).SessionKey);
}
