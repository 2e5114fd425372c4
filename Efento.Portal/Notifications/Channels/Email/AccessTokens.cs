using System.Collections.Concurrent;
using System.Text.Json;
using Efento.Portal.Notifications.Channels.Http;
using Efento.Portal.Notifications.Channels.Sms;

namespace Efento.Portal.Notifications.Channels.Email;

/// <summary>
/// Access tokens for mail servers (OAuth 2.0, client credentials: RFC 6749, section 4.4), kept until shortly before they end. Thread-safe.
/// </summary>
internal sealed class AccessTokens(OutgoingHttp http, TimeProvider time)
{
    /// <summary>How long before its end a token is not used any more: clocks differ, and the mail server has to look at it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TokenRequest, AccessToken> _kept = [];

    /// <summary>A token for a channel that has a <see cref="ChannelSettings.TokenUrl"/>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="conversation">Takes what is said, without the token.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The token, or why there is none.</returns>
    public async Task<(AccessToken? Token, string Fault)> GetAsync(
        ChannelSettings channel, Conversation conversation, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(TokenRequest.Of(channel), out var kept) && time.GetUtcNow() < kept.EndsUtc - Margin)
        {
            conversation.Noted("The access token from before is used");
            return (kept with { IsKept = true }, "");
        }

        return Uri.TryCreate(channel.TokenUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? await AskAsync(channel, url, conversation, cancellationToken)
            : (null, "The address of access tokens is not one of HTTPS.");
    }

    /// <summary>The mail server does not take the token that was kept: the next one is new.</summary>
    public void Forget(ChannelSettings channel) => _kept.TryRemove(TokenRequest.Of(channel), out _);

    private async Task<(AccessToken? Token, string Fault)> AskAsync(
        ChannelSettings channel, Uri url, Conversation conversation, CancellationToken cancellationToken)
    {
        var request = new OutgoingRequest
        {
            Url = channel.TokenUrl,
            Body = FormBody.Of(
                ("grant_type", "client_credentials"), ("client_id", channel.ClientId), ("client_secret", channel.Secret),
                ("scope", channel.Scope)),
            ContentType = FormBody.ContentType,
            IsAnswerSecret = true,
        };
        var answer = await http.AskAsync(channel, request, url, conversation, cancellationToken);
        if (answer.Status is < 200 or >= 300)
        {
            return (null, $"No access token: {answer.Words}");
        }

        if (TokenOf(answer.Body) is not { } token)
        {
            return (null, "No access token: the answer is none of OAuth 2.0.");
        }

        _kept[TokenRequest.Of(channel)] = token;
        return (token, "");
    }

    /// <summary>A token without an end is not kept.</summary>
    private AccessToken? TokenOf(string answer)
    {
        try
        {
            var its = JsonElement.Parse(answer);
            return its.ValueKind is JsonValueKind.Object && its.TryGetProperty("access_token", out var token)
                && token.ValueKind is JsonValueKind.String
                    ? new(token.GetString()!, time.GetUtcNow().AddSeconds(SecondsOf(its)))
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int SecondsOf(JsonElement answer) =>
        answer.TryGetProperty("expires_in", out var text) && text.ValueKind is JsonValueKind.Number && text.TryGetInt32(out var seconds)
            ? seconds
            : 0;

    /// <summary>For what a token is: a channel whose settings change needs another.</summary>
    private sealed record TokenRequest(string Key, string? Url, string? ClientId, string? Secret, string? Scope)
    {
        public static TokenRequest Of(ChannelSettings its) => new(its.Key, its.TokenUrl, its.ClientId, its.Secret, its.Scope);

        /// <summary>What may stand in a log: no secret.</summary>
        public override string ToString() => Key;
    }
}

/// <summary>An access token.</summary>
/// <param name="Text">The token. A secret.</param>
/// <param name="EndsUtc">When it ends.</param>
internal sealed record AccessToken(string Text, DateTimeOffset EndsUtc)
{
    /// <summary>Whether it was used before, so that it may have been taken back meanwhile.</summary>
    public bool IsKept { get; init; }

    /// <summary>What may stand in a log: no token.</summary>
    public override string ToString() => Secrets.Mask;
}
