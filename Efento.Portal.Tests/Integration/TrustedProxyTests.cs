using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Whose word counts for where a message comes from.</summary>
public sealed class TrustedProxyTests
{
    [Fact]
    public async Task ForwardedFor_WithoutAProxy_IsIgnored() => Assert.Equal("127.0.0.1", await AddressOfAsync([], "203.0.113.9"));

    [Fact]
    public async Task ForwardedFor_FrameworksOwnSwitch_BelievesNobody()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["ForwardedHeaders_Enabled"] = "true" } });

        Assert.Equal("127.0.0.1", await AddressOfAsync(portal, "203.0.113.9"));
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.1, 10.0.0.2", "198.51.100.1")]
    [InlineData("not an address", "127.0.0.1")]
    public async Task ForwardedFor_FromProxies_IsTheFirstThatIsNoneOfThem(string forwarded, string address) =>
        Assert.Equal(address, await AddressOfAsync(["127.0.0.1", "10.0.0.0/8"], forwarded));

    [Fact]
    public async Task ForwardedFor_FromAnotherAddressThanTheProxys_IsIgnored() =>
        Assert.Equal("127.0.0.1", await AddressOfAsync(["10.0.0.0/8"], "203.0.113.9"));

    [Fact]
    public async Task ForwardedFor_SignIn_StandsInTheAuditTrail()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = { ["Portal:Access:TrustedProxies:0"] = "127.0.0.0/8" } });
        using var client = new PeopleClient(portal.Address, headers: [("X-Forwarded-For", "203.0.113.9")]);

        using var answer = await client.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);

        Assert.Equal(
            "203.0.113.9",
            portal.Database.Scalar<string>(
                "SELECT address FROM audit_entry WHERE actor = $0 ORDER BY id DESC LIMIT 1", PortalUnderTest.AdminEmail));
    }

    private static async Task<string> AddressOfAsync(string[] proxies, string forwarded)
    {
        var start = new PortalStart();
        for (var i = 0; i < proxies.Length; i++)
        {
            start.Settings[$"Portal:Access:TrustedProxies:{i}"] = proxies[i];
        }

        await using var portal = await PortalUnderTest.StartAsync(start);
        return await AddressOfAsync(portal, forwarded);
    }

    private static async Task<string> AddressOfAsync(PortalUnderTest portal, string forwarded)
    {
        await portal.Client.PostAsync(
            GatewayPaths.Heartbeat, "{}"u8.ToArray(), request => request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded));
        var issued = await portal.Get<TokenIssuer>().ListGatewayTokensAsync();
        return portal.Get<TokenUses>().Of(issued.Single()).Address!;
    }
}
