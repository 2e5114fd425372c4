using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access.People;

public sealed class OwnPasswordTests : IAsyncLifetime
{
    private const string Wanted = "lamp river cheese anvil";
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Change_WithTheOldOne_EndsOtherSessionsOnly()
    {
        var (here, elsewhere) = (await SignInAsync(), await SignInAsync());

        Assert.Empty(await ChangeAsync(here, PortalUnderTest.AdminPassword, Wanted));

        Assert.NotNull(_portal.Get<PeopleDirectory>().Find(here));
        Assert.Null(_portal.Get<PeopleDirectory>().Find(elsewhere));
        Assert.Null(await SignInAsync(PortalUnderTest.AdminPassword));
        Assert.NotNull(await SignInAsync(Wanted));
        Assert.Equal(
            1,
            _portal.Database.Scalar<long>(
                "SELECT count(*) FROM audit_entry WHERE action = 'password changed' AND new = 'other sessions ended: 1'"));
    }

    [Fact]
    public async Task Change_WithAWrongOldOne_ChangesNothingAndLocksInTheEnd()
    {
        var here = await SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Single(await ChangeAsync(here, "wrong", Wanted));
        }

        Assert.Equal(AccessFaultKind.Locked, Assert.Single(await ChangeAsync(here, PortalUnderTest.AdminPassword, Wanted)).Kind);
        Assert.NotNull(_portal.Get<PeopleDirectory>().Find(here));
    }

    [Fact]
    public async Task Change_RightOneAmongManyAtOnce_IsRefusedOnceLocked()
    {
        var here = await SignInAsync();
        for (var i = 0; i < 4; i++)
        {
            await ChangeAsync(here, "wrong", Wanted);
        }

        var faults = await Task.WhenAll(ChangeAsync(here, "wrong", Wanted), ChangeAsync(here, PortalUnderTest.AdminPassword, Wanted));

        Assert.All(faults, f => Assert.Equal(AccessFaultKind.Locked, Assert.Single(f).Kind));
        Assert.Equal(0, _portal.Database.Scalar<long>("SELECT count(*) FROM audit_entry WHERE action = 'password changed'"));
    }

    [Fact]
    public async Task Change_WhileAStrangerGuessesFromTheSameAddress_IsTaken()
    {
        var here = await SignInAsync();
        for (var i = 0; i < 9; i++)
        {
            await SignInAsync("wrong");
        }

        Assert.Empty(await ChangeAsync(here, PortalUnderTest.AdminPassword, Wanted));
    }

    [Fact]
    public async Task Change_ToAPoorOne_ChangesNothing()
    {
        var here = await SignInAsync();

        Assert.Equal(
            AccessFaultKind.PasswordCommon, Assert.Single(await ChangeAsync(here, PortalUnderTest.AdminPassword, "password12345")).Kind);

        Assert.NotNull(await SignInAsync());
    }

    private async Task<string> SignInAsync() => (await SignInAsync(PortalUnderTest.AdminPassword))!;

    private async Task<string?> SignInAsync(string password) =>
        (await _portal.Get<SignInService>().SignInAsync(PortalUnderTest.AdminEmail, password, "192.0.2.7", "browser")).SessionKey;

    private Task<IReadOnlyList<AccessFault>> ChangeAsync(string key, string old, string wanted)
    {
        var signedIn = _portal.Get<PeopleDirectory>().Find(key)!;
        var actor = new Actor(ActorKind.Person, signedIn.Person.Email, "192.0.2.7", signedIn.Person.UserId);
        return _portal.Get<OwnPassword>().ChangeAsync(actor, signedIn.SessionId, old, wanted);
    }
}
