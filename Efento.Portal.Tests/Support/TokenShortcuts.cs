using System.Net;
using Efento.Portal.Access;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Support;

/// <summary>Tokens for tests that are about something else.</summary>
public static class TokenShortcuts
{
    /// <summary>Issues a gateway token; the token in clear.</summary>
    public static async Task<string> IssueGatewayTokenAsync(this TokenIssuer issuer, string name) =>
        (await issuer.IssueAsync(new GatewayTokenDraft { Name = name })).Text!;

    /// <summary>Issues a gateway token.</summary>
    public static async Task<IssuedToken> IssueAsync(this TokenIssuer issuer, GatewayTokenDraft draft)
    {
        var outcome = await issuer.IssueGatewayTokenAsync(Actor.Portal, draft);
        Assert.Empty(outcome.Faults);
        return outcome.Issued!;
    }

    /// <summary>Issues an API token; the token in clear.</summary>
    public static async Task<string> IssueApiTokenAsync(this TokenIssuer issuer, string name, string scopes) =>
        (await issuer.IssueApiTokenAsync(Actor.Portal, new ApiTokenDraft { Name = name, Scopes = scopes.Split(' ') })).Issued!.Text!;

    /// <summary>Revokes a gateway token.</summary>
    public static async Task<bool> RevokeGatewayTokenAsync(this TokenIssuer issuer, int id) =>
        (await issuer.RevokeGatewayTokenAsync(Actor.Portal, id, null, "test")).Count == 0;

    /// <summary>Revokes an API token.</summary>
    public static async Task<bool> RevokeApiTokenAsync(this TokenIssuer issuer, int id) =>
        (await issuer.RevokeApiTokenAsync(Actor.Portal, id, null, "test")).Count == 0;

    /// <summary>Checks a token that comes alone, from this machine.</summary>
    public static (TokenVerdict Verdict, int TokenId) CheckGateway(
        this TokenDirectory tokens, string? token, params (string Name, string Value)[] headers)
    {
        var sent = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            sent.Append(name, value);
        }

        if (token is not null)
        {
            sent["X-Api-Token"] = token;
        }

        var check = tokens.CheckGateway(sent, IPAddress.Loopback);
        return (check.Verdict, check.Pass?.TokenId ?? 0);
    }
}
