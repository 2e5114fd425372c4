using Efento.Portal.Access;
using Efento.Portal.CommandLine;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.CommandLine;

/// <summary>The way back in, with a portal running and without.</summary>
public sealed class UsersCommandTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task Add_PortalRuns_PrintsALinkToIt()
    {
        await using var portal = await StartAsync();

        var run = await UsersAsync("add", "second@portal.test", "--role", "administrator");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.StartsWith($"{portal.Address}invitation/", run.Output, StringComparison.Ordinal);
        var invitation = await portal.Get<InvitationAcceptance>().FindAsync(CodeOf(run));
        Assert.Equal(
            ("second@portal.test", Role.Administrator, "command line"), (invitation!.Email, invitation.Role, invitation.CreatedBy));
    }

    [Fact]
    public async Task Add_NoPortalRuns_LinkWorksWhenOneDoes()
    {
        await using (await StartAsync())
        {
        }

        var run = await UsersAsync("add", "second@portal.test", "--role", "viewer");
        await using var portal = await StartAsync();

        Assert.StartsWith("http://localhost:5080/invitation/", run.Output, StringComparison.Ordinal);
        Assert.NotNull(await portal.Get<InvitationAcceptance>().FindAsync(CodeOf(run)));
    }

    [Fact]
    public async Task Add_WithAPublicAddress_LinksThereWhetherThePortalRunsOrNot()
    {
        await using (var portal = await StartAsync())
        {
            Assert.Empty(await portal.Get<SiteSettings>().SetAddressAsync(Actor.Command, null, "https://portal.example.com"));
            await AssertLinkAsync("second@portal.test");
        }

        await AssertLinkAsync("third@portal.test");

        async Task AssertLinkAsync(string email)
        {
            var run = await UsersAsync("add", email, "--role", "viewer");
            Assert.StartsWith("https://portal.example.com/invitation/", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("another address", run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Add_PasswordOnStandardInput_MakesTheAccount()
    {
        await using var portal = await StartAsync();

        var run = await ProgramRun.TypingAsync(
            "lamp river cheese anvil\n", _data.Path, "users", "add", "second@portal.test", "--role", "operator", "--password-stdin",
            "--data-directory", _data.Path);

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Errors));
        Assert.NotNull((await portal.Get<SignInService>().SignInAsync("second@portal.test", "lamp river cheese anvil", "", "")).SessionKey);
    }

    [Fact]
    public async Task Add_FirstAccountNoAdministrator_IsRefused()
    {
        var run = await ProgramRun.TypingAsync(
            "lamp river cheese anvil\n", _data.Path, "users", "add", "first@portal.test", "--role", "viewer", "--password-stdin",
            "--data-directory", _data.Path);

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("must be an administrator", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, new PortalDatabase(_data.Path).Count("user"));
    }

    [Fact]
    public async Task Reset_PortalRuns_SignsOutAtOnceAndPrintsALink()
    {
        await using var portal = await StartAsync();
        using var admin = await PeopleClient.SignedInAsync(portal);

        var run = await UsersAsync("reset", PortalUnderTest.AdminEmail);

        using var page = await admin.GetAsync("gateways");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, page.StatusCode);
        Assert.NotNull((await portal.Get<InvitationAcceptance>().AcceptAsync(CodeOf(run), "lamp river cheese anvil", "", "")).SessionKey);
        Assert.Equal(
            ["password link made|command line"], portal.Database.Lines("SELECT action, actor FROM audit_entry WHERE actor_kind = 3"));
    }

    [Fact]
    public async Task Reset_OfNobody_Fails()
    {
        await using var portal = await StartAsync();

        var run = await UsersAsync("reset", "nobody@portal.test");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("has no account", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_LocationNamed_InvitesSomebodyLimitedToIt()
    {
        await using var portal = await StartAsync();
        var ward = await MakeWardAsync(portal);

        var run = await UsersAsync("add", "second@portal.test", "--role", "viewer", "--location", "hospital/ward 1");

        var invitation = await portal.Get<InvitationAcceptance>().FindAsync(CodeOf(run));
        Assert.Equal(new LocationLimit([ward]).Kept, invitation!.Locations);
    }

    [Fact]
    public async Task Add_LocationUnknown_IsRefusedAndNamesThoseThereAre()
    {
        await using var portal = await StartAsync();
        await MakeWardAsync(portal);

        var run = await UsersAsync("add", "second@portal.test", "--role", "viewer", "--location", "Ward 1");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("There are: Hospital, Hospital/Ward 1.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, portal.Database.Count("invitation"));
    }

    [Fact]
    public async Task Limit_SetAndLifted_HoldsAndIsListed()
    {
        await using var portal = await StartAsync();
        await MakeWardAsync(portal);
        await portal.Get<UserAccounts>().AddAsync(Actor.Portal, "viewer@portal.test", PortalUnderTest.AdminPassword, Role.Viewer);

        var limited = await UsersAsync("limit", "Viewer@portal.test", "--location", "Hospital/Ward 1");
        var list = await UsersAsync("list");
        var lifted = await UsersAsync("limit", "viewer@portal.test", "--everything");

        Assert.Equal(
            ("viewer@portal.test now sees Hospital/Ward 1.", "viewer@portal.test now sees everything."),
            (limited.Output.Trim(), lifted.Output.Trim()));
        Assert.Matches("viewer@portal.test +Viewer +enabled +0 +Hospital/Ward 1", list.Output);
    }

    [Fact]
    public async Task Limit_OfAnAdministrator_IsRefused()
    {
        await using var portal = await StartAsync();
        await MakeWardAsync(portal);

        var run = await UsersAsync("limit", PortalUnderTest.AdminEmail, "--location", "Hospital");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("see everything", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_LocationNamed_IsLimitedToIt()
    {
        await using var portal = await StartAsync();
        var ward = await MakeWardAsync(portal);

        var run = await CommandRun.OfAsync(
            "tokens", "add", "--api", "--name", "Ward", "--location", "Hospital/Ward 1", "--data-directory", _data.Path);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal($"{ward}", (await portal.Get<TokenIssuer>().ListApiTokensAsync()).Single(t => t.Name == "Ward").Locations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_ShowsWhoMaySignIn(bool isRunning)
    {
        await using (await StartAsync())
        {
        }

        await using var portal = isRunning ? await StartAsync() : null;

        var run = await UsersAsync("list");

        Assert.Matches("admin@portal.test +Administrator +enabled +0", run.Output);
    }

    public void Dispose() => _data.Dispose();

    private static string CodeOf(CommandRun run) => run.Output.Trim().Split('/')[^1];

    private static async Task<int> MakeWardAsync(PortalUnderTest portal)
    {
        var (locations, directory) = (portal.Get<LocationDecisions>(), portal.Get<LocationDirectory>());
        await locations.CreateAsync(Actor.Command, null, "Hospital");
        await locations.CreateAsync(Actor.Command, directory.Tree.All[0].Id, "Ward 1");
        return directory.Tree.All[1].Id;
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path });

    private Task<CommandRun> UsersAsync(params string[] args) => CommandRun.OfAsync(["users", .. args, "--data-directory", _data.Path]);
}
