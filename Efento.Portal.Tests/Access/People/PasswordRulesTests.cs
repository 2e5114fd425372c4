using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access.People;

public sealed class PasswordRulesTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    [Theory]
    [InlineData("elevenchars", AccessFaultKind.PasswordTooShort)]
    [InlineData("Password1234", AccessFaultKind.PasswordCommon)]
    [InlineData("my name is j-smith, so", AccessFaultKind.PasswordContainsName)]
    [InlineData("the efentoportal of mine", AccessFaultKind.PasswordContainsSite)]
    public async Task Account_WithGuessablePassword_IsNotMade(string password, AccessFaultKind fault)
    {
        var faults = await shared.Portal.Get<UserAccounts>().AddAsync(Actor.Portal, "J.Smith@portal.test", password, Role.Viewer);

        Assert.Equal(fault, Assert.Single(faults).Kind);
        Assert.DoesNotContain(await shared.Portal.Get<UserAccounts>().ListAsync(), u => u.Email == "J.Smith@portal.test");
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1_800_000)]
    public async Task Account_WithAnEndlessPassword_IsNotMadeAndTakesNoTime(int length)
    {
        var password = string.Concat(Enumerable.Repeat("lamp river cheese anvil ", (length / 24) + 1))[..length];
        using var lease = await shared.Portal.Get<WriteGate>().EnterAsync();

        // While somebody else writes: what a password is like is found out before the turn to write.
        var prepared = await shared.Portal.Get<Passwords>().PrepareAsync(password);

        Assert.Equal(("", new AccessFault(AccessFaultKind.PasswordTooLong, Count: length)), (prepared.Hash, prepared.Fault));
    }

    [Fact]
    public async Task Prepare_OfACommonOne_IsRefusedBeforeTheTurnToWrite()
    {
        using var lease = await shared.Portal.Get<WriteGate>().EnterAsync();

        Assert.Equal(AccessFaultKind.PasswordCommon, (await shared.Portal.Get<Passwords>().PrepareAsync("Password1234")).Fault?.Kind);
    }

    [Fact]
    public async Task Account_WithTheLongestPassword_SignsIn()
    {
        var password = string.Concat(Enumerable.Repeat("lamp river cheese anvil ", 11))[..Passwords.MaxLength];
        Assert.Empty(await shared.Portal.Get<UserAccounts>().AddAsync(Actor.Portal, "long@portal.test", password, Role.Viewer));

        Assert.NotNull((await shared.Portal.Get<SignInService>().SignInAsync("long@portal.test", password, "192.0.2.1", "")).SessionKey);
    }

    [Fact]
    public async Task SetUp_PasswordWithTheNewSitesName_LeavesThePortalUntouched()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { IsSetUp = false });
        var site = new Site { Id = 1, Name = "Ward 12", TimeZone = "Etc/UTC", Language = "en" };

        var entries = portal.Database.Count("audit_entry");

        var faults = await portal.Get<UserAccounts>().SetUpAsync(Actor.Portal, site, "first@portal.test", "lamp river ward 12 anvil");

        Assert.Equal(AccessFaultKind.PasswordContainsSite, Assert.Single(faults).Kind);
        Assert.Equal((0, 0, entries), (portal.Database.Count("site"), portal.Database.Count("user"), portal.Database.Count("audit_entry")));
    }

    [Fact]
    public async Task Settings_WithCommonPassword_StopTheStart()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(
            () => PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Setup:AdminPassword"] = "password12345" } }));

        Assert.Contains(
            "Portal:Setup:AdminPassword: This password is one of those that are tried first", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password12345", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_WithAnAddressThatIsNone_StopTheStart()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(
            () => PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Setup:AdminEmail"] = "first@@portal.test" } }));

        Assert.Contains("Portal:Setup:AdminEmail", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AdminPassword", fault.Message, StringComparison.Ordinal);
    }
}
