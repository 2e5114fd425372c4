using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>
/// Any other provider: the template is the body of the request, JSON if it begins with a brace and else a form. <c>{to}</c>, <c>{text}</c>,
/// <c>{from}</c> and <c>{key}</c> in it are filled, escaped so that they stay one value.
/// </summary>
internal sealed partial class TemplateSms : ISmsProvider
{
    /// <summary>What a template must have to say anything to anybody.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["{to}", "{text}"];

    /// <inheritdoc/>
    public OutgoingRequest RequestOf(ChannelSettings channel, SmsRequest sms)
    {
        var template = channel.Template ?? "";
        var isJson = template.TrimStart().StartsWith('{');
        return new OutgoingRequest
        {
            Url = channel.Url,
            Body = Encoding.UTF8.GetBytes(Filled(template, channel, sms, isJson ? InJson : FormBody.Escaped)),
            ContentType = isJson ? JsonBody.ContentType : FormBody.ContentType,
            Headers = SignIn.HeadersOf(channel),
        };
    }

    /// <inheritdoc/>
    public Verdict VerdictOf(HttpAnswer answer) => answer.Verdict;

    private static string Filled(string template, ChannelSettings channel, SmsRequest sms, Func<string, string> escape) =>
        Place().Replace(template, place => escape(place.Value switch
        {
            "{to}" => sms.To,
            "{text}" => sms.Text,
            "{from}" => channel.From ?? "",
            _ => sms.Key,
        }));

    private static string InJson(string text) => JsonEncodedText.Encode(text).ToString();

    [GeneratedRegex(@"\{(to|text|from|key)\}")]
    private static partial Regex Place();
}
