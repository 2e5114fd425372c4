using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Access;

/// <summary>What may be said of a gateway token.</summary>
public sealed class GatewayTokenRulesTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly TokenIssuer _issuer = shared.Portal.Get<TokenIssuer>();

    [Theory]
    [InlineData("X-Api-Token")]
    [InlineData("x-api-token")]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Authorization")]
    [InlineData("X-Forwarded-For")]
    [InlineData("Cookie")]
    [InlineData("X-Gateway-Serial")]
    public async Task HeaderName_WithAMeaningOfItsOwn_IsRefused(string name) =>
        Assert.Contains("meaning of its own", Assert.Single(await FaultsAsync(Draft(new CustomHeader(name, "a value of some length")))));

    [Theory]
    [InlineData("X Site")]
    [InlineData("X-Site:")]
    [InlineData("X-S\u00fcd")]
    [InlineData("X-Site\r\nX-Other")]
    [InlineData("")]
    public async Task HeaderName_HttpDoesNotTake_IsRefused(string name) =>
        Assert.Contains("can't be the name", Assert.Single(await FaultsAsync(Draft(new CustomHeader(name, "a value of some length")))));

    [Theory]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("two\r\nlines")]
    [InlineData("nul\0")]
    [InlineData("S\u00fcd")]
    public async Task HeaderValue_ThatWouldArriveChanged_IsRefused(string value) =>
        Assert.Contains("plain characters", Assert.Single(await FaultsAsync(Draft(new CustomHeader("X-Site", value)))));

    [Fact]
    public async Task Headers_MoreThanAGatewaySends_AreRefused()
    {
        Assert.Empty(await FaultsAsync(Draft([.. Enumerable.Range(0, 10).Select(i => new CustomHeader($"X-Site-{i}", "value"))])));
        Assert.Single(await FaultsAsync(Draft([.. Enumerable.Range(0, 11).Select(i => new CustomHeader($"X-Site-{i}", "value"))])));
    }

    [Fact]
    public async Task Headers_SameNameTwice_AreRefused() =>
        Assert.Contains("twice", Assert.Single(await FaultsAsync(Draft(new CustomHeader("X-Site", "a"), new CustomHeader("x-site", "b")))));

    [Fact]
    public async Task Faults_OfAPolishPage_AreInPolish()
    {
        Languages.Use("pl");

        Assert.Equal(
            ["Nagłówek Host ma już własne znaczenie. Wybierz inną nazwę, na przykład X-Site-Key."],
            await FaultsAsync(Draft(new CustomHeader("Host", "a value of some length"))));
    }

    [Fact]
    public async Task HeadersAlone_EasyToGuess_AreRefused() =>
        Assert.Contains(
            "16 characters", Assert.Single(await FaultsAsync(Draft(new CustomHeader("X-Site", "short")) with { IsHeadersOnly = true })));

    [Fact]
    public async Task HeadersAlone_NoneOfThemHardToGuess_AreRefused() =>
        Assert.Contains(
            "16 characters",
            Assert.Single(
                await FaultsAsync(
                    Draft(
                        new CustomHeader("X-Site", "short-one"), new CustomHeader("X-Ward", "short-two")) with
                    { IsHeadersOnly = true })));

    [Fact]
    public async Task HeadersAlone_None_AreRefused() =>
        Assert.Contains("at least one", Assert.Single(await FaultsAsync(Draft() with { IsHeadersOnly = true })));

    [Fact]
    public async Task HeadersAlone_OfAnotherToken_AreRefused()
    {
        var draft = Draft(new CustomHeader("X-Taken", "0123456789abcdef"), new CustomHeader("X-Other", "1")) with { IsHeadersOnly = true };
        Assert.Empty(await FaultsAsync(draft));

        Assert.Contains(
            "Another token",
            Assert.Single(
                await FaultsAsync(
                    draft with { Headers = [.. draft.Headers.Reverse().Select(h => h with { Name = h.Name.ToLowerInvariant() })] })));
    }

    [Theory]
    [InlineData("192.168.7.0/24 10.1.2.3 fd00::/8", null)]
    [InlineData("192.168.7.1/24", null)]
    [InlineData("10.1", "10.1")]
    [InlineData("everywhere", "everywhere")]
    [InlineData("10.0.0.0/33", "10.0.0.0/33")]
    public async Task Networks_AsWritten_AreCheckedOneByOne(string networks, string? wrong)
    {
        var faults = await FaultsAsync(Draft() with { Networks = networks });

        Assert.Equal(wrong is null ? [] : [wrong], faults.Select(f => f.Split('“', '”')[1]));
    }

    [Fact]
    public async Task Expiry_InThePast_IsRefused() =>
        Assert.Contains("future", Assert.Single(await FaultsAsync(Draft() with { ExpiresUtc = DateTimeOffset.UtcNow.AddMinutes(-1) })));

    private static GatewayTokenDraft Draft(params CustomHeader[] headers) => new() { Name = "ward", Headers = headers };

    private async Task<IReadOnlyList<string>> FaultsAsync(GatewayTokenDraft draft) =>
        AccessWords.Of((await _issuer.IssueGatewayTokenAsync(Actor.Portal, draft)).Faults);
}
