using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access.People;

public sealed class UserChangesTests : IAsyncLifetime
{
    private static readonly Actor Somebody = new(ActorKind.Person, "chief@portal.test", "192.0.2.1");
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task SetRole_IsAuditedWithReason()
    {
        var viewer = await AddAsync("v@portal.test", Role.Viewer);

        Assert.Equal(UserChange.Done, await _portal.Get<UserChanges>().SetRoleAsync(Somebody, viewer, Role.Operator, "night shift"));

        Assert.Equal("chief@portal.test|192.0.2.1|v@portal.test|Viewer|Operator|night shift", LastEntry("role changed"));
    }

    [Fact]
    public async Task SetRole_ChangedMeanwhile_OverwritesNothing()
    {
        var seen = await AddAsync("v@portal.test", Role.Viewer);
        await _portal.Get<UserChanges>().SetRoleAsync(Somebody, seen, Role.Operator, "first");

        Assert.Equal(UserChange.ChangedMeanwhile, await _portal.Get<UserChanges>().SetRoleAsync(Somebody, seen, Role.Auditor, "second"));
        Assert.Equal(UserChange.ChangedMeanwhile, await _portal.Get<UserChanges>().DisableAsync(Somebody, seen, "third"));

        Assert.Equal(Role.Operator, (await UserAsync("v@portal.test")).Role);
        Assert.DoesNotContain("second", LastEntry("role changed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastAdministrator_IsNeitherDemotedNorDisabled()
    {
        var disabled = await AddAsync("other@portal.test", Role.Administrator);
        Assert.Equal(UserChange.Done, await _portal.Get<UserChanges>().DisableAsync(Somebody, disabled, "left"));
        var last = (await UserAsync(PortalUnderTest.AdminEmail)).Seen;

        Assert.Equal(UserChange.LastAdministrator, await _portal.Get<UserChanges>().SetRoleAsync(Somebody, last, Role.Viewer, "why not"));
        Assert.Equal(UserChange.LastAdministrator, await _portal.Get<UserChanges>().DisableAsync(Somebody, last, "why not"));

        Assert.Equal(
            (Role.Administrator, null),
            ((await UserAsync(PortalUnderTest.AdminEmail)).Role, (await UserAsync(PortalUnderTest.AdminEmail)).DisabledUtc));
    }

    [Fact]
    public async Task TwoAdministrators_DemotedAtTheSameTime_OneStays()
    {
        SeenUser[] both = [await AddAsync("other@portal.test", Role.Administrator), (await UserAsync(PortalUnderTest.AdminEmail)).Seen];

        var outcomes = await Task.WhenAll(both.Select((seen, i) => i == 0
            ? _portal.Get<UserChanges>().SetRoleAsync(Somebody, seen, Role.Viewer, "at once")
            : _portal.Get<UserChanges>().DisableAsync(Somebody, seen, "at once")));

        Assert.Equal([UserChange.Done, UserChange.LastAdministrator], outcomes.Order());
    }

    [Fact]
    public async Task Administrator_WithAnotherOne_MayBeDemoted()
    {
        await AddAsync("other@portal.test", Role.Administrator);

        Assert.Equal(
            UserChange.Done,
            await _portal.Get<UserChanges>().SetRoleAsync(
                Somebody, (await UserAsync(PortalUnderTest.AdminEmail)).Seen, Role.Viewer, "holiday"));
    }

    [Fact]
    public async Task Disable_EndsSessionsForGood()
    {
        using var viewer = await PeopleClient.SignedInAsync(_portal, Role.Viewer);
        var link = await _portal.Get<Invitations>().ResetAsync(Somebody, "viewer@portal.test", "forgotten", endsSessions: false);
        var changes = _portal.Get<UserChanges>();

        Assert.Equal(UserChange.Done, await changes.DisableAsync(Somebody, (await UserAsync("viewer@portal.test")).Seen, "left"));
        await changes.EnableAsync(Somebody, (await UserAsync("viewer@portal.test")).Seen, "came back");

        using var page = await viewer.GetAsync("gateways");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, page.StatusCode);
        Assert.Null(await _portal.Get<InvitationAcceptance>().FindAsync(link.Code));
        Assert.Equal(0, (await UserAsync("viewer@portal.test")).OpenSessions);
    }

    [Fact]
    public async Task Change_WithoutItsAuditEntry_IsNotMade()
    {
        var viewer = await AddAsync("v@portal.test", Role.Viewer);
        _portal.Database.Execute("CREATE TRIGGER broken BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no entry'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => _portal.Get<UserChanges>().SetRoleAsync(Somebody, viewer, Role.Operator, "x"));
        await Assert.ThrowsAnyAsync<Exception>(() => _portal.Get<UserChanges>().DisableAsync(Somebody, viewer, "x"));
        await Assert.ThrowsAnyAsync<Exception>(() => _portal.Get<Invitations>().InviteAsync(Somebody, "new@portal.test", Role.Viewer));

        var user = await UserAsync("v@portal.test");
        Assert.Equal((Role.Viewer, null, 0), (user.Role, user.DisabledUtc, _portal.Database.Count("invitation")));
    }

    private async Task<SeenUser> AddAsync(string email, Role role)
    {
        Assert.Empty(await _portal.Get<UserAccounts>().AddAsync(Actor.Portal, email, PortalUnderTest.AdminPassword, role));
        return (await UserAsync(email)).Seen;
    }

    private async Task<UserItem> UserAsync(string email) => (await _portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == email);

    private string LastEntry(string action) =>
        _portal.Database.Lines(
            "SELECT actor, address, subject, old, new, reason FROM audit_entry WHERE action = $0 ORDER BY id DESC LIMIT 1", action)[0];
}
