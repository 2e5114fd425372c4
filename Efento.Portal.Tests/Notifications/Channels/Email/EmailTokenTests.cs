using System.Globalization;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Tests.Notifications.Channels.Email;

/// <summary>Mail servers that take access tokens instead of passwords, and the server that gives them.</summary>
public sealed class EmailTokenTests : IAsyncLifetime
{
    private const string Anna = "anna@site.example";
    private const string Secret = "a secret of the client";

    private readonly TestCertificates _certificates = TestCertificates.ForThisMachine();
    private readonly TokenMailServer _mail = new();
    private HttpReceiver _tokens = null!;
    private SendersUnderTest _senders = null!;
    private int _given;

    public async ValueTask InitializeAsync()
    {
        _tokens = await HttpReceiver.StartAsync(_certificates.Server);
        _senders = new SendersUnderTest(_certificates.Root);
        GiveTokens();
    }

    public async ValueTask DisposeAsync()
    {
        _senders.Dispose();
        await _tokens.DisposeAsync();
        await _mail.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Send_SignsInWithTheTokenThatTheClientWasGiven()
    {
        _mail.Valid["token-1"] = true;

        var result = await SendAsync();

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(1, _mail.Mails);
        Assert.Equal(["user=portal@site.example auth=Bearer token-1"], _mail.Shown);
        var form = QueryHelpers.ParseQuery(Assert.Single(_tokens.Requests).Body);
        Assert.Equal(
            ["client_credentials", "portal-client", Secret, "https://mail.example/.default"],
            new[] { "grant_type", "client_id", "client_secret", "scope" }.Select(field => form[field].Single()));
    }

    [Fact]
    public async Task Send_ToServerOfTheStandardAlone_SignsInAllTheSame()
    {
        await using var mail = new TokenMailServer { Mechanism = "OAUTHBEARER" };
        mail.Valid["token-1"] = true;

        var result = await _senders.SendAsync(Channel(mail), SomeMessage.Raised(Anna));

        Assert.Equal((SendOutcome.Accepted, 1), (result.Outcome, mail.Mails));
        Assert.Contains("auth=Bearer token-1", Assert.Single(mail.Shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ShowsNeitherTheTokenNorTheSecret()
    {
        _mail.Valid["token-1"] = true;

        var result = await SendAsync();

        string[] secrets = [Secret, Uri.EscapeDataString(Secret), "token-1", Convert.ToBase64String("auth=Bearer token-1"u8), "dG9rZW4tM"];
        Assert.All(secrets, secret => Assert.DoesNotContain(
            result.Conversation, line => line.Contains(secret, StringComparison.Ordinal)));
        Assert.Contains("< 200 OK", result.Conversation);
        Assert.Contains(result.Conversation, line => line.StartsWith("> AUTH XOAUTH2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_IsUsedUntilItEnds()
    {
        _mail.Valid["token-1"] = _mail.Valid["token-2"] = true;
        await SendAsync();
        _senders.Time.Advance(TimeSpan.FromMinutes(58));
        await SendAsync();
        Assert.Single(_tokens.Requests);

        _senders.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync();

        Assert.Equal(2, _tokens.Requests.Count);
        Assert.EndsWith("token-2", _mail.Shown[^1], StringComparison.Ordinal);
        Assert.Equal(3, _mail.Mails);
    }

    /// <summary>The mail server may end a token before its time.</summary>
    [Fact]
    public async Task Token_ThatWasTakenBack_IsAskedForAgain_Once()
    {
        _mail.Valid["token-1"] = true;
        await SendAsync();
        _mail.Valid.Clear();
        _mail.Valid["token-2"] = true;

        Assert.Equal(SendOutcome.Accepted, (await SendAsync()).Outcome);
        Assert.Equal((2, 2), (_tokens.Requests.Count, _mail.Mails));

        _mail.Valid.Clear();
        var refused = await SendAsync();

        Assert.Equal(SendOutcome.TryAgain, refused.Outcome);
        Assert.Contains("the token is not valid", refused.Answer, StringComparison.Ordinal);
        Assert.Equal((3, 2), (_tokens.Requests.Count, _mail.Mails));
    }

    [Fact]
    public async Task Token_ThatIsNew_AndRefused_IsNotAskedForAgain()
    {
        var result = await SendAsync();

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("the token is not valid", result.Answer, StringComparison.Ordinal);
        Assert.Single(_tokens.Requests);
    }

    [Fact]
    public async Task Client_ThatIsRefused_IsToldTheWordsOfTheServerOfTokens_AndNobodySignsIn()
    {
        _tokens.AnswerWith(401, """{"error":"invalid_client","error_description":"The client secret has expired."}""");

        var result = await SendAsync();

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("The client secret has expired.", result.Answer, StringComparison.Ordinal);
        Assert.Empty(_mail.Shown);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"access_token\":5}")]
    public async Task Answer_ThatIsNoToken_IsNotUsed(string answer)
    {
        _tokens.AnswerWith(200, answer);

        var result = await SendAsync();

        Assert.Equal(
            (SendOutcome.TryAgain, "No access token: the answer is none of OAuth 2.0."), (result.Outcome, result.Answer));
        Assert.Empty(_mail.Shown);
    }

    [Fact]
    public async Task Token_IsNotAskedForInPrivateNetworks_UnlessTheChannelMay()
    {
        var result = await _senders.SendAsync(Channel(_mail) with { AllowPrivateNetworks = false }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("may not use private networks", result.Answer, StringComparison.Ordinal);
        Assert.Empty(_tokens.Requests);
    }

    private Task<SendResult> SendAsync() => _senders.SendAsync(Channel(_mail), SomeMessage.Raised(Anna));

    private ChannelSettings Channel(TokenMailServer mail) => new()
    {
        Key = "mail",
        Kind = ChannelKind.Email,
        Host = "127.0.0.1",
        Port = mail.Port,
        From = "portal@site.example",
        User = "portal@site.example",
        TokenUrl = new Uri(_tokens.Address, "tenant/oauth2/v2.0/token").AbsoluteUri,
        ClientId = "portal-client",
        Secret = Secret,
        Scope = "https://mail.example/.default",
        AllowPrivateNetworks = true,
    };

    private void GiveTokens() => _tokens.Answer = context => context.Response.WriteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"token_type":"Bearer","expires_in":3600,"access_token":"token-{{Interlocked.Increment(ref _given)}}"}"""));
}
