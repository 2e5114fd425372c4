using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Integration;

public sealed class InvitationTests : IAsyncLifetime
{
    private const string Email = "new@portal.test";
    private const string Password = "lamp river cheese anvil";
    private static readonly Actor Admin = new(ActorKind.Person, PortalUnderTest.AdminEmail, "192.0.2.1");

    private readonly SleepingClock _time = new(Some.Now());
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Invitation_Accepted_IsAnAccountThatIsSignedIn()
    {
        using var somebody = new PeopleClient(_portal.Address);

        using var answer = await somebody.AcceptAsync(await InviteAsync(), Password);
        using var page = await somebody.GetAsync("gateways");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (answer.StatusCode, page.StatusCode));
        Assert.Equal((Role.Auditor, 1), (await UserAsync(Email)) is { } user ? (user.Role, user.OpenSessions) : default);
        Assert.Equal(["user invited|admin@portal.test", "user added|new@portal.test", "signed in|new@portal.test"], Entries());
    }

    [Fact]
    public async Task Invitation_UsedOnce_IsVoid()
    {
        var code = await InviteAsync();
        using var first = new PeopleClient(_portal.Address);
        using var accepted = await first.AcceptAsync(code, Password);
        using var second = new PeopleClient(_portal.Address);

        Assert.Contains("not valid", await PageAsync(second, code), StringComparison.Ordinal);
        Assert.NotEmpty((await _portal.Get<InvitationAcceptance>().AcceptAsync(code, Password, "", "")).Faults);
    }

    [Fact]
    public async Task Invitation_UsedByTwoAtOnce_OpensForOne()
    {
        var code = await InviteAsync();

        var acceptances = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => _portal.Get<InvitationAcceptance>().AcceptAsync(code, Password, "192.0.2.7", "browser")));

        Assert.Single(acceptances, a => a.SessionKey is not null);
        Assert.Equal(1, (await UserAsync(Email))!.OpenSessions);
    }

    [Fact]
    public async Task Invitation_AfterAWeek_IsVoid()
    {
        var code = await InviteAsync();
        using var somebody = new PeopleClient(_portal.Address);
        _time.Sleep(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Contains("Set password", await PageAsync(somebody, code), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("not valid", await PageAsync(somebody, code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_TakenBack_IsVoid()
    {
        var code = await InviteAsync();
        var open = Assert.Single(await _portal.Get<PeopleQuery>().OpenInvitationsAsync());

        Assert.True(await _portal.Get<Invitations>().RevokeAsync(Admin, open.Id));
        Assert.False(await _portal.Get<Invitations>().RevokeAsync(Admin, open.Id));

        Assert.Null(await _portal.Get<InvitationAcceptance>().FindAsync(code));
    }

    [Fact]
    public async Task Invitation_Again_TakesThePlaceOfTheFirst()
    {
        var first = await InviteAsync();
        var second = await InviteAsync("NEW@portal.test");

        Assert.Null(await _portal.Get<InvitationAcceptance>().FindAsync(first));
        Assert.NotNull(await _portal.Get<InvitationAcceptance>().FindAsync(second));
    }

    [Fact]
    public async Task Invitation_ToSomebodyWithAnAccount_IsRefused() =>
        Assert.Equal(
            AccessFaultKind.HasAccount,
            (await _portal.Get<Invitations>().InviteAsync(Admin, "ADMIN@portal.test", Role.Viewer)).Fault?.Kind);

    [Fact]
    public async Task Invitation_PoorPassword_CanBeUsedAgain()
    {
        var code = await InviteAsync();
        using var somebody = new PeopleClient(_portal.Address);

        using var refused = await somebody.AcceptAsync(code, "password12345");
        using var accepted = await somebody.AcceptAsync(code, Password);

        Assert.Contains("tried first", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Fact]
    public async Task Invitation_AddressGotAnAccountMeanwhile_IsToldInThePersonsLanguage()
    {
        var code = await InviteAsync();
        Assert.Empty(await _portal.Get<UserAccounts>().AddAsync(Actor.Portal, Email, Password, Role.Viewer));
        Languages.Use("pl");

        var acceptance = await _portal.Get<InvitationAcceptance>().AcceptAsync(code, Password, "192.0.2.7", "");

        Assert.Equal(["Ten adres ma już konto."], AccessWords.Of(acceptance.Faults));
    }

    [Fact]
    public async Task Code_IsKeptAsHashAlone()
    {
        var code = await InviteAsync();

        Assert.DoesNotContain(
            code, string.Join('\n', _portal.Database.Lines("SELECT * FROM invitation")), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(code, string.Join('\n', _portal.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_Used_SetsThePasswordAndEndsOtherSessions()
    {
        using var viewer = await PeopleClient.SignedInAsync(_portal, Role.Viewer);
        var link = await _portal.Get<Invitations>().ResetAsync(Admin, "viewer@portal.test", "forgotten", endsSessions: false);
        using (var before = await viewer.GetAsync("gateways"))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        using var elsewhere = new PeopleClient(_portal.Address);
        using var set = await elsewhere.AcceptAsync(link.Code!, Password);
        using var old = await viewer.GetAsync("gateways");
        using var again = new PeopleClient(_portal.Address);
        using var signedIn = await again.SignInAsync("viewer@portal.test", Password);

        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect),
            (set.StatusCode, old.StatusCode, signedIn.StatusCode));
        Assert.Equal("/", signedIn.Headers.Location?.ToString()[^1..]);
    }

    [Fact]
    public async Task Reset_OfLockedAccount_Unlocks()
    {
        await _portal.Get<UserAccounts>().AddAsync(Actor.Portal, Email, Password, Role.Viewer);
        for (var i = 0; i < 6; i++)
        {
            await _portal.Get<SignInService>().SignInAsync(Email, "wrong", "192.0.2.7", "");
        }

        var link = await _portal.Get<Invitations>().ResetAsync(Admin, Email, "locked out", endsSessions: false);
        var acceptance = await _portal.Get<InvitationAcceptance>().AcceptAsync(link.Code!, "other lamp river cheese", "192.0.2.7", "");

        Assert.NotNull(acceptance.SessionKey);
    }

    private async Task<string> InviteAsync(string email = Email) =>
        (await _portal.Get<Invitations>().InviteAsync(Admin, email, Role.Auditor)).Code!;

    private async Task<UserItem?> UserAsync(string email) =>
        (await _portal.Get<PeopleQuery>().UsersAsync()).SingleOrDefault(u => u.Email == email);

    private IReadOnlyList<string> Entries() =>
        _portal.Database.Lines("SELECT action, actor FROM audit_entry WHERE subject = $0 ORDER BY id", Email);

    private static async Task<string> PageAsync(PeopleClient client, string code)
    {
        using var page = await client.GetAsync(Invitations.PathOf(code));
        return await page.Content.ReadAsStringAsync();
    }
}
