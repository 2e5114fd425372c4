using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access;

/// <summary>Unattended set-up.</summary>
public sealed class AccessSetupTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task EmptyDatabase_MakesTheTokensOfTheSettings()
    {
        await using var portal = await StartAsync("first-gateway", "first-api");

        Assert.Equal(TokenVerdict.Valid, portal.Get<TokenDirectory>().CheckGateway("first-gateway").Verdict);
        Assert.Equal(ApiScopes.AllReads, portal.Get<TokenDirectory>().FindApi("first-api")?.Scopes);
    }

    [Fact]
    public async Task DatabaseWithTokens_IgnoresTheSettings()
    {
        await using (await StartAsync("first-gateway", "first-api"))
        {
        }

        await using var portal = await StartAsync("second-gateway", "second-api");

        Assert.Equal(TokenVerdict.Unknown, portal.Get<TokenDirectory>().CheckGateway("second-gateway").Verdict);
        Assert.Null(portal.Get<TokenDirectory>().FindApi("second-api"));
        Assert.Equal(TokenVerdict.Valid, portal.Get<TokenDirectory>().CheckGateway("first-gateway").Verdict);
    }

    [Fact]
    public async Task RevokedSetUpToken_StaysRevokedOverARestart()
    {
        await using (var before = await StartAsync("first-gateway", "first-api"))
        {
            Assert.True(await before.Get<TokenIssuer>().RevokeGatewayTokenAsync(1));
        }

        await using var portal = await StartAsync("first-gateway", "first-api");

        Assert.Equal(TokenVerdict.Revoked, portal.Get<TokenDirectory>().CheckGateway("first-gateway").Verdict);
    }

    [Fact]
    public async Task EmptySettings_MakeNoToken()
    {
        await using var portal = await StartAsync("", "");

        Assert.Empty(await portal.Get<TokenIssuer>().ListGatewayTokensAsync());
        Assert.Empty(await portal.Get<TokenIssuer>().ListApiTokensAsync());
    }

    public void Dispose() => _data.Dispose();

    private Task<PortalUnderTest> StartAsync(string gatewayToken, string apiToken) => PortalUnderTest.StartAsync(new()
    {
        DataDirectory = _data.Path,
        Settings = { ["Portal:Setup:GatewayToken"] = gatewayToken, ["Portal:Setup:ApiToken"] = apiToken },
    });
}
