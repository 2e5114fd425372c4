using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access;

public sealed class TokenIssuerTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly TokenIssuer _issuer = shared.Portal.Get<TokenIssuer>();
    private readonly TokenDirectory _directory = shared.Portal.Get<TokenDirectory>();

    [Fact]
    public async Task IssueGatewayToken_New_FitsAGatewayAndIsValidAtOnce()
    {
        var token = await _issuer.IssueGatewayTokenAsync("new");

        Assert.True(TokenText.IsAllowed(token, GatewayToken.MaxLength));
        Assert.Equal(TokenVerdict.Valid, _directory.CheckGateway(token).Verdict);
    }

    [Fact]
    public async Task AddGatewayToken_IssuedBefore_ChangesNothing()
    {
        Assert.True(await _issuer.AddGatewayTokenAsync(Actor.Portal, "one", "the-same-token"));
        var before = await _issuer.ListGatewayTokensAsync();

        Assert.False(await _issuer.AddGatewayTokenAsync(Actor.Portal, "other", "the-same-token"));

        Assert.Equal(before.Count, (await _issuer.ListGatewayTokensAsync()).Count);
    }

    [Fact]
    public async Task RevokeGatewayToken_Valid_IsInvalidAtOnce()
    {
        var token = await _issuer.IssueGatewayTokenAsync("short-lived");
        var id = _directory.CheckGateway(token).TokenId;

        Assert.True(await _issuer.RevokeGatewayTokenAsync(id));
        Assert.False(await _issuer.RevokeGatewayTokenAsync(id));

        Assert.Equal(TokenVerdict.Revoked, _directory.CheckGateway(token).Verdict);
    }

    [Fact]
    public async Task RevokeApiToken_Valid_IsInvalidAtOnce()
    {
        var token = await _issuer.IssueApiTokenAsync("report", ApiScopes.AllReads);
        var id = _directory.FindApi(token)!.Id;

        Assert.True(await _issuer.RevokeApiTokenAsync(id));
        Assert.False(await _issuer.RevokeApiTokenAsync(id));

        Assert.Null(_directory.FindApi(token));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("!~", true)]
    [InlineData("123456789012345678901234567890123456", true)]
    [InlineData("1234567890123456789012345678901234567", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\u007f", false)]
    [InlineData("\u00e4", false)]
    public void IsAllowed_Text_FitsAGatewaysField(string token, bool isAllowed) =>
        Assert.Equal(isAllowed, TokenText.IsAllowed(token, GatewayToken.MaxLength));
}
