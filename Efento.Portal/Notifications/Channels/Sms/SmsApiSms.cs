using System.Text.Json;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>
/// SMSAPI: <see cref="ChannelSettings.Password"/> is the access token, <see cref="ChannelSettings.From"/> a confirmed name.
/// </summary>
internal sealed class SmsApiSms : ISmsProvider
{
    public const string Name = "smsapi";

    /// <summary>No message, too many parts, or no valid number.</summary>
    private static readonly int[] FaultsOfMessage = [11, 12, 13];

    /// <summary>A message with this key was sent already.</summary>
    private const int Repeated = 53;

    /// <inheritdoc/>
    public OutgoingRequest RequestOf(ChannelSettings channel, SmsRequest sms) => new()
    {
        Url = channel.Url ?? "https://api.smsapi.pl/sms.do",
        Body = FormBody.Of(
            ("to", sms.To.TrimStart('+')),
            ("from", channel.From),
            ("message", sms.Text),
            ("idx", sms.Key),
            ("check_idx", "1"),
            ("encoding", "utf-8"),
            ("format", "json")),
        ContentType = FormBody.ContentType,
        Headers = SignIn.HeadersOf(channel with { User = null }),
    };

    /// <summary>Faults come with the status 200 and a number in the body.</summary>
    public Verdict VerdictOf(HttpAnswer answer) => ErrorOf(answer.Body) switch
    {
        null => answer.Verdict,
        Repeated => Verdict.Accepted(answer.Words),
        { } error when FaultsOfMessage.Contains(error) => Verdict.Refused(answer.Words),
        _ => Verdict.TryAgain(answer.Words),
    };

    private static int? ErrorOf(string body)
    {
        try
        {
            return JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } answer
                && answer.TryGetProperty("error", out var error)
                && error.TryGetInt32(out var number) ? number : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not an answer of SMSAPI, so its status says what there is to say.
            return null;
        }
    }
}
