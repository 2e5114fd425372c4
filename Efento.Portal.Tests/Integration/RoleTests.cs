using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What each role reaches by address.</summary>
public sealed class RoleTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    [Theory]
    [InlineData("", Role.Administrator, Role.Operator, Role.Viewer, Role.Auditor)]
    [InlineData("gateways", Role.Administrator, Role.Operator, Role.Viewer, Role.Auditor)]
    [InlineData("account", Role.Administrator, Role.Operator, Role.Viewer, Role.Auditor)]
    [InlineData("admin/users", Role.Administrator, Role.Auditor)]
    [InlineData("admin/tokens", Role.Administrator, Role.Auditor)]
    [InlineData("admin/loggers", Role.Administrator, Role.Auditor)]
    [InlineData("admin/maintenance", Role.Administrator, Role.Auditor)]
    [InlineData("admin/quarantine", Role.Administrator, Role.Auditor)]
    [InlineData("admin/audit", Role.Administrator, Role.Auditor)]
    public async Task Page_OfEachRole_OpensForItsOwnOnly(string path, params Role[] allowed)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            using var person = await PeopleClient.SignedInAsync(shared.Portal, role);
            using var answer = await person.GetAsync(path);

            Assert.Equal((role, allowed.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Redirect), (role, answer.StatusCode));
            Assert.Equal(allowed.Contains(role) ? null : "/not-allowed", answer.Headers.Location?.AbsolutePath);
        }

        using var nobody = new PeopleClient(shared.Portal.Address);
        using var redirected = await nobody.GetAsync(path);
        Assert.Equal("/sign-in", redirected.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Users_OfAnAuditor_OfferNoChange()
    {
        await shared.Portal.Get<Invitations>().InviteAsync(Actor.Command, "invited@portal.test", Role.Viewer);
        using var admin = await PeopleClient.SignedInAsync(shared.Portal);
        using var auditor = await PeopleClient.SignedInAsync(shared.Portal, Role.Auditor);

        var (changes, looks) = (await PageAsync(admin), await PageAsync(auditor));

        Assert.All((string[])["Invite somebody", "Take back", "Change admin@portal.test"], offer => Assert.Contains(offer, changes, StringComparison.Ordinal));
        Assert.All((string[])["Invite somebody", "Take back", "Change admin@portal.test"], offer => Assert.DoesNotContain(offer, looks, StringComparison.Ordinal));
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

    private static async Task<string> PageAsync(PeopleClient client)
    {
        using var answer = await client.GetAsync("admin/users");
        return await answer.Content.ReadAsStringAsync();
    }
}
