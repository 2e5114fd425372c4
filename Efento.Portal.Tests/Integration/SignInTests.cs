using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

public sealed class SignInTests
{
    [Fact]
    public async Task Page_OfNobody_LeadsToSignIn()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var nobody = new PeopleClient(portal.Address);

        using var answer = await nobody.GetAsync("gateways");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?from=%2Fgateways", answer.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task SignIn_WithPassword_OpensPages()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var admin = await PeopleClient.SignedInAsync(portal);

        using var answer = await admin.GetAsync("gateways");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(PortalUnderTest.AdminEmail, "a wrong password")]
    [InlineData("nobody@portal.test", PortalUnderTest.AdminPassword)]
    [InlineData("no\ufffetext@portal.test", PortalUnderTest.AdminPassword)]
    public async Task SignIn_Wrong_OpensNothing(string email, string password)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var somebody = new PeopleClient(portal.Address);

        using var answer = await somebody.SignInAsync(email, password);
        using var page = await somebody.GetAsync("gateways");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task SignIn_InABrowserUsedBefore_IsNotKeptWaitingForOthersOfItsAddress()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var admin = await PeopleClient.SignedInAsync(portal);
        using var stranger = new PeopleClient(portal.Address);
        for (var i = 0; i < 6; i++)
        {
            using var failed = await stranger.SignInAsync(PortalUnderTest.AdminEmail, "a wrong password");
        }

        using var locked = await stranger.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        using var known = await admin.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (locked.StatusCode, known.StatusCode));
    }

    [Theory]
    [InlineData("/gateways", "/gateways")]
    [InlineData("/ü?q=ż ó", "/%C3%BC?q=%C5%BC%20%C3%B3")]
    [InlineData("/points/3?from=2026-01-01", "/points/3?from=2026-01-01")]
    [InlineData("/.//elsewhere.test/", "/")]
    [InlineData("/x/..//elsewhere.test/", "/")]
    [InlineData("/%2e//elsewhere.test/", "/")]
    [InlineData("/./\\elsewhere.test/", "/")]
    [InlineData("//elsewhere.test/", "/")]
    [InlineData("/\\elsewhere.test/", "/")]
    [InlineData("/\t/elsewhere.test/", "/")]
    [InlineData("https://elsewhere.test/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task SignIn_WithAPlaceToGoTo_StaysOnThePortal(string from, string path)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var admin = new PeopleClient(portal.Address);

        using var answer = await admin.SubmitAsync(
            $"sign-in?from={Uri.EscapeDataString(from)}", "sign-in", ("Input.Email", PortalUnderTest.AdminEmail),
            ("Input.Password", PortalUnderTest.AdminPassword));

        var place = new Uri(portal.Address, answer.Headers.Location!);
        Assert.Equal((portal.Address.Authority, path), (place.Authority, place.PathAndQuery));
    }

    [Fact]
    public async Task Setup_ByTwoAtOnce_MakesOneAdministrator()
    {
        await using var portal = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });
        var accounts = portal.Get<UserAccounts>();

        var faults = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => accounts.SetUpAsync(
            Actor.Portal, new Site { Id = 1, Name = "Pharmacy", TimeZone = "Etc/UTC", Language = "en" }, $"first{i}@portal.test",
            "long enough, uncommon")));

        Assert.Equal(2, faults.Count(f => f is [{ Kind: AccessFaultKind.SetUpAlready }]));
        Assert.Single(await accounts.ListAsync());
    }

    [Fact]
    public async Task Setup_WithLinkOfLog_MakesAdministratorOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });
        using var first = new PeopleClient(portal.Address);
        var link = portal.Log.Single(line => line.Contains("/setup?code=", StringComparison.Ordinal));
        var path = link[link.IndexOf("setup?code=", StringComparison.Ordinal)..];

        using var made = await SetUpAsync(first, path);
        using var page = await first.GetAsync("");
        using var second = new PeopleClient(portal.Address);
        using var closed = await second.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("has been set up already", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([Role.Administrator], (await portal.Get<UserAccounts>().ListAsync()).Select(u => u.Role));
    }

    private static Task<HttpResponseMessage> SetUpAsync(PeopleClient client, string path) => client.SubmitAsync(
        path,
        "setup",
        ("Input.Site", "Pharmacy"),
        ("Input.TimeZone", "Europe/Warsaw"),
        ("Input.Language", "en"),
        ("Input.Email", "first@portal.test"),
        ("Input.Password", "long enough, uncommon"),
        ("Input.Again", "long enough, uncommon"));
}
