using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.People;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>Each change a page offers, as a message that comes from whoever may not, or too late, or while the database fails.</summary>
public sealed class PageActionTests(ActionPortals portals) : IClassFixture<ActionPortals>
{
    private static readonly string[] Refused = ["does not allow this", "You are signed out"];

    private static readonly string[] TooLate =
    [
        "meanwhile", "Somebody else has changed", "since this page was loaded", "not valid any more", "already ended",
        "already used or withdrawn", "Maintenance is not on", "in the meantime", "There is no rule",
    ];

    private static readonly string[] Failed = ["Nothing was changed", "Not all was done", "still refused by the database"];

    /// <summary>
    /// What may be done before anybody is signed in, or by nobody but the one it is about. Whoever adds one here answers for it.
    /// </summary>
    private static readonly string[] Reviewed =
    [
        // The set-up: its sender must know the link. The sign-out: of one's own session.
        $"{nameof(SetupPage)} → {nameof(UserAccounts)}.{nameof(UserAccounts.SetUpAsync)}",
        $"{nameof(PeopleEndpoints)} → {nameof(SignInService)}.{nameof(SignInService.EndAsync)}",

        // The new address of a device, from a service worker: for whoever is signed in, of their own device alone.
        $"{nameof(DeviceEndpoints)} → {nameof(OwnDevices)}.{nameof(OwnDevices.RenewAsync)}",
    ];

    public static TheoryData<string> Actions => [.. PageActions.All.Select(action => action.Name)];

    [Fact]
    public void Actions_EachChangeAPageMakes_HasItsCase() =>
        Assert.Equal(
            PageActions.Calls().Order(StringComparer.Ordinal),
            PageActions.All.Select(a => a.Name).Concat(Reviewed).Order(StringComparer.Ordinal));

    [Fact]
    public void Actor_OfAPage_ComesFromTheCheckOfTheRole() =>
        Assert.Equal(
            [nameof(CurrentPerson), nameof(PeopleEndpoints), nameof(SetupPage)], PageActions.Namers().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Message_OfAnotherRole_IsRefused(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await SetAsync(action);
        foreach (var role in Enum.GetValues<Role>().Except(Policies.Roles[action.Policy]))
        {
            var send = await action.PrepareAsync(scene);
            await scene.SetRoleAsync(role);
            await AssertRefusedAsync(scene, send, Refused);
            await scene.SetRoleAsync(Role.Administrator);
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Message_AfterTheSessionEnded_IsRefused(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await SetAsync(action);
        var send = await action.PrepareAsync(scene);
        await scene.SignOutAsync();

        await AssertRefusedAsync(scene, send, Refused);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Database_TakesNoEntry_TakesNoChangeEither(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await SetAsync(action);
        var send = await action.PrepareAsync(scene);
        using var refusing = new RefusingDatabase(scene.Portal.Database, ["INSERT"], ["audit_entry"]);

        await AssertRefusedAsync(scene, send, Failed);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Database_TakesNoChange_TakesNoEntryEither(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await SetAsync(action);
        var send = await action.PrepareAsync(scene);
        var tables = scene.Portal.Database.Tables().Where(table => table != "audit_entry");
        using var refusing = new RefusingDatabase(scene.Portal.Database, ["INSERT", "UPDATE", "DELETE"], tables);

        await AssertRefusedAsync(scene, send, Failed);
    }

    /// <summary>One portal a subject takes the message of who is allowed, and then each that was ready before it.</summary>
    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Message_OfItsRole_IsObeyed_AndEachThatComesAfterItIsToldAndOverwritesNothing(string name)
    {
        var action = PageActions.Of(name);
        await using var portal = await ActionPortal.StartAsync(action.Subject);
        await using var scene = await ActionScene.SetAsync(portal);
        var send = await action.PrepareAsync(scene);
        List<(ActionScene Scene, Func<Task> Send)> others = [];
        foreach (var other in PageActions.All.Where(a => a.Subject == action.Subject && a.Subject.IsThere))
        {
            var another = await ActionScene.SetAsync(portal);
            others.Add((another, await other.PrepareAsync(another)));
        }

        var before = portal.Portal.Database.Everything();
        var entries = portal.Portal.Database.Count("audit_entry");
        await send();

        Assert.NotEqual(before, portal.Portal.Database.Everything());
        Assert.Contains(ActionScene.Email, portal.Portal.Database.Lines("SELECT actor FROM audit_entry WHERE id > $0", entries));
        foreach (var (later, sendLater) in others)
        {
            await AssertRefusedAsync(later, sendLater, TooLate);
            await later.DisposeAsync();
        }
    }

    private async Task<ActionScene> SetAsync(PageAction action) => await ActionScene.SetAsync(await portals.OfAsync(action.Subject));

    /// <summary>Nothing at all is changed, and whoever asked is told.</summary>
    private static async Task AssertRefusedAsync(ActionScene scene, Func<Task> send, string[] words)
    {
        scene.ForgetNotices();
        var (before, said) = (scene.Portal.Database.Everything(), Count());

        await send();

        Assert.Equal(before, scene.Portal.Database.Everything());
        await Until.TrueAsync(() => Count() > said, TimeSpan.FromSeconds(5));

        int Count() => words.Sum(word => scene.Said.Split(word, StringSplitOptions.None).Length);
    }
}
