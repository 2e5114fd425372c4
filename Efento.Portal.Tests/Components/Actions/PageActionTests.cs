using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Components.People;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>Each change a page offers, as a message that comes from whoever may not, or too late, or while the database fails.</summary>
public sealed class PageActionTests
{
    private static readonly string[] Refused = ["does not allow this", "may look at the quarantine but not change it", "not signed in any more"];
    private static readonly string[] TooLate = ["meanwhile", "after this page showed it", "not valid any more", "over already", "taken back already", "Maintenance is not on"];
    private static readonly string[] Failed = ["Nothing was changed", "Not all was done", "still refused by the database"];

    /// <summary>What may be done before anybody is signed in, or by nobody but the one it is about. Whoever adds one here answers for it.</summary>
    private static readonly string[] Reviewed =
    [
        // The set-up: its sender must know the link. The sign-out: of one's own session.
        $"{nameof(SetupPage)} → {nameof(UserAccounts)}.{nameof(UserAccounts.SetUpAsync)}",
        $"{nameof(PeopleEndpoints)} → {nameof(SignInDesk)}.{nameof(SignInDesk.EndAsync)}",
    ];

    public static TheoryData<string> Actions => [.. PageActions.All.Select(action => action.Name)];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var first in PageActions.All.Where(a => a.Subject.IsThere))
            {
                foreach (var second in PageActions.All.Where(a => a.Subject == first.Subject))
                {
                    pairs.Add(first.Name, second.Name);
                }
            }

            return pairs;
        }
    }

    [Fact]
    public void Actions_EachChangeAPageMakes_HasItsCase() =>
        Assert.Equal(PageActions.Calls().Order(StringComparer.Ordinal), PageActions.All.Select(a => a.Name).Concat(Reviewed).Order(StringComparer.Ordinal));

    [Fact]
    public void Actor_OfAPage_ComesFromTheCheckOfTheRole() =>
        Assert.Equal([nameof(CurrentPerson), nameof(PeopleEndpoints), nameof(SetupPage)], PageActions.Namers().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Message_OfEachRole_IsObeyedForItsOwnOnly(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await ActionScene.SetAsync(action.Subject);
        foreach (var role in Enum.GetValues<Role>().Except(Policies.Roles[action.Policy]))
        {
            var send = await action.PrepareAsync(scene);
            await scene.SetRoleAsync(role);
            await AssertRefusedAsync(scene, send, Refused);
            await scene.SetRoleAsync(Role.Administrator);
        }

        var allowed = await action.PrepareAsync(scene);
        var before = scene.Portal.Database.Count("audit_entry");
        await allowed();
        Assert.Contains(ActionScene.Email, scene.Portal.Database.Lines("SELECT actor FROM audit_entry WHERE id > $0", before));
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Message_AfterTheSessionEnded_IsRefused(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await ActionScene.SetAsync(action.Subject);
        var send = await action.PrepareAsync(scene);
        await scene.SignOutAsync();

        await AssertRefusedAsync(scene, send, Refused);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task TwoAdministrators_OfOneThing_TheSecondIsToldAndOverwritesNothing(string first, string second)
    {
        await using var scene = await ActionScene.SetAsync(PageActions.Of(first).Subject);
        var (sooner, later) = (await PageActions.Of(first).PrepareAsync(scene), await PageActions.Of(second).PrepareAsync(scene));
        var before = scene.Portal.Database.Everything();
        await sooner();
        Assert.NotEqual(before, scene.Portal.Database.Everything());

        await AssertRefusedAsync(scene, later, TooLate);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Database_TakesNoEntry_TakesNoChangeEither(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await ActionScene.SetAsync(action.Subject);
        var send = await action.PrepareAsync(scene);
        scene.Portal.Database.Execute("CREATE TRIGGER no_entry BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no entry'); END");

        await AssertRefusedAsync(scene, send, Failed);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Database_TakesNoChange_TakesNoEntryEither(string name)
    {
        var action = PageActions.Of(name);
        await using var scene = await ActionScene.SetAsync(action.Subject);
        var send = await action.PrepareAsync(scene);
        foreach (var table in scene.Portal.Database.Tables().Where(table => table != "audit_entry"))
        {
            foreach (var change in (string[])["INSERT", "UPDATE", "DELETE"])
            {
                scene.Portal.Database.Execute($"CREATE TRIGGER no_{change}_{table} BEFORE {change} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'no change'); END");
            }
        }

        await AssertRefusedAsync(scene, send, Failed);
    }

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
