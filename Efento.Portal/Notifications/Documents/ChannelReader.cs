using System.Text.Json;
using Efento.Portal.Configuration;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Mqtt;
using Efento.Portal.Notifications.Channels.Sms;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Reads a channel of a document.</summary>
/// <param name="environment">The value of an environment variable; null if there is none.</param>
/// <param name="tell">Takes what is wrong.</param>
internal sealed class ChannelReader(Func<string, string?> environment, Action<NotificationFault> tell)
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps];

    /// <summary>Reads it; null if not even its kind is known.</summary>
    public ChannelDraft? Read(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, tell);
        var key = KeyOf(fields);
        if (fields.Word("kind", NotificationWords.Kinds, isNeeded: true) is not { } kind)
        {
            return null;
        }

        var given = new[] { SecretFields.Password, SecretFields.Secret, SecretFields.Headers }.Where(fields.Has).ToHashSet();
        var settings = new ChannelSettings { Key = key, Kind = kind };
        settings = kind switch
        {
            ChannelKind.Email => Mail(settings, fields),
            ChannelKind.Mqtt => Broker(settings, fields),
            ChannelKind.Sms => Sms(settings, fields),
            ChannelKind.Push => settings with { AllowPrivateNetworks = fields.Flag("allowPrivateNetworks") },
            _ => Http(settings, fields),
        };
        fields.End();
        return new ChannelDraft(settings, given, path);
    }

    /// <summary>The key of a channel or chain.</summary>
    public static string KeyOf(DocumentFields fields)
    {
        var key = fields.Needed("key");
        if (key.Length > NotificationChannel.MostLetters || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            fields.Fail(NotificationFaultKind.Key, "key");
        }

        return key;
    }

    /// <summary>Whether requests can go to an address.</summary>
    public static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var read) && Schemes.Contains(read.Scheme) && read.UserInfo.Length == 0;

    private ChannelSettings Mail(ChannelSettings settings, DocumentFields fields)
    {
        var server = settings with
        {
            Host = fields.Needed("host"),
            Port = fields.Port("port"),
            Security = fields.Word("security", NotificationWords.Securities, isNeeded: false) ?? ChannelSecurity.None,
            From = SenderOf(fields),
        };
        return TokenUrlOf(fields) is { } tokenUrl
            ? server with
            {
                User = fields.Needed("user"),
                TokenUrl = tokenUrl,
                ClientId = fields.Needed("clientId"),
                Secret = SecretOf(fields, SecretFields.Secret),
                Scope = fields.Text("scope"),
                AllowPrivateNetworks = fields.Flag("allowPrivateNetworks"),
            }
            : server with { User = fields.Text("user"), Password = SecretOf(fields, SecretFields.Password) };
    }

    /// <summary>Where tokens are asked for with a secret, which is not sent in clear text.</summary>
    private static string? TokenUrlOf(DocumentFields fields)
    {
        var url = fields.Text("tokenUrl");
        var isUrl = Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme == Uri.UriSchemeHttps && read.UserInfo.Length == 0;
        if (url is { Length: > 0 } && !isUrl)
        {
            fields.Fail(NotificationFaultKind.TokenUrl, "tokenUrl");
        }

        return url;
    }

    private ChannelSettings Http(ChannelSettings settings, DocumentFields fields) => settings with
    {
        Url = UrlOf(settings.Kind, fields),
        AllowPrivateNetworks = fields.Flag("allowPrivateNetworks"),
        Secret = settings.Kind is ChannelKind.Webhook ? SigningSecretOf(fields) : null,
        Headers = settings.Kind is ChannelKind.Webhook ? HeadersOf(fields) : settings.Headers,
        User = settings.Kind is ChannelKind.Ntfy ? fields.Text("user") : null,
        Password = settings.Kind is ChannelKind.Ntfy ? SecretOf(fields, SecretFields.Password) : null,
    };

    private ChannelSettings Broker(ChannelSettings settings, DocumentFields fields) => settings with
    {
        Host = fields.Needed("host"),
        Port = fields.Port("port"),
        Security = fields.Word("security", NotificationWords.BrokerSecurities, isNeeded: false) ?? ChannelSecurity.None,
        Template = TopicOf(fields),
        User = fields.Text("user"),
        Password = SecretOf(fields, SecretFields.Password),
    };

    private ChannelSettings Sms(ChannelSettings settings, DocumentFields fields)
    {
        var template = SmsTemplateOf(fields);
        return settings with
        {
            Template = template,
            Url = UrlOf(settings.Kind, fields, isNeeded: SmsSender.ProviderOf(template) is null),
            AllowPrivateNetworks = fields.Flag("allowPrivateNetworks"),
            To = PhoneOf(fields),
            From = fields.Text("from"),
            User = SmsSender.ProviderOf(template) is TwilioSms.Name ? fields.Needed("user") : fields.Text("user"),
            Password = SecretOf(fields, SecretFields.Password),
            Headers = HeadersOf(fields),
        };
    }

    private static string? TopicOf(DocumentFields fields)
    {
        var topic = fields.Text("topic");
        if (topic is { Length: > 0 } && !MqttTopic.IsBeginning(topic))
        {
            fields.Fail(NotificationFaultKind.Topic, "topic");
        }

        return topic;
    }

    private static string SmsTemplateOf(DocumentFields fields)
    {
        var template = fields.Needed("template");
        if (template.Length > 0 && SmsSender.ProviderOf(template) is null
            && !TemplateSms.Needed.All(place => template.Contains(place, StringComparison.Ordinal)))
        {
            fields.Fail(NotificationFaultKind.SmsTemplate, "template", string.Join(", ", TemplateSms.Needed));
        }

        return template;
    }

    private static string PhoneOf(DocumentFields fields)
    {
        var number = fields.Needed("to");
        if (number.Length > 0 && PhoneNumber.Of(number) is null)
        {
            fields.Fail(NotificationFaultKind.Phone, "to");
        }

        return number;
    }

    private static string SenderOf(DocumentFields fields)
    {
        var from = fields.Needed("from");
        if (from.Length > 0 && !EmailText.IsAddress(from))
        {
            fields.Fail(NotificationFaultKind.Mail, "from");
        }

        return from;
    }

    /// <summary>The address. Where it is a secret, it may be missing, and stays as it is.</summary>
    private string? UrlOf(ChannelKind kind, DocumentFields fields, bool isNeeded = true)
    {
        var url = ChannelSecrets.IsUrlSecret(kind) ? SecretOf(fields, SecretFields.Url)
            : isNeeded ? fields.Needed(SecretFields.Url)
            : fields.Text(SecretFields.Url);
        if (url is { Length: > 0 } && !IsAddress(url))
        {
            fields.Fail(NotificationFaultKind.ChannelUrl, SecretFields.Url);
        }

        return url;
    }

    private string? SigningSecretOf(DocumentFields fields)
    {
        var secret = SecretOf(fields, SecretFields.Secret);
        if (secret is not null && !IsSigningSecret(secret))
        {
            fields.Fail(NotificationFaultKind.SigningSecret, SecretFields.Secret);
        }

        return secret;
    }

    /// <summary>Source: the specification of Standard Webhooks, Signature scheme.</summary>
    private static bool IsSigningSecret(string secret)
    {
        const string prefix = "whsec_";
        Span<byte> bytes = stackalloc byte[64];
        return secret.StartsWith(prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[prefix.Length..], bytes, out var count) && count >= 24;
    }

    private IReadOnlyDictionary<string, string> HeadersOf(DocumentFields fields)
    {
        if (fields.Take(SecretFields.Headers) is not { } value)
        {
            return new Dictionary<string, string>();
        }

        if (value.ValueKind is not JsonValueKind.Object || !AreHeaders([.. value.EnumerateObject()]))
        {
            fields.Fail(NotificationFaultKind.Headers, SecretFields.Headers);
            return new Dictionary<string, string>();
        }

        return value.EnumerateObject().ToDictionary(h => h.Name, h => Resolved(h.Value.GetString()!, fields, SecretFields.Headers) ?? "");
    }

    private static bool AreHeaders(IReadOnlyCollection<JsonProperty> headers) =>
        headers.Count <= ChannelSettings.MaxHeaders
        && headers.All(h => h.Name.Length > 0 && h.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && h.Value.ValueKind is JsonValueKind.String && !h.Value.GetString()!.Any(char.IsControl));

    /// <summary>A secret by value or by the name of its variable; null if it is missing.</summary>
    public string? SecretOf(DocumentFields fields, string name) =>
        fields.Text(name) is { } text ? Resolved(text, fields, name) : null;

    private string? Resolved(string text, DocumentFields fields, string name)
    {
        if (!SecretVariable.IsNamed(text))
        {
            return text;
        }

        if (SecretVariable.NameOf(text) is not { } variable)
        {
            fields.Fail(NotificationFaultKind.EnvName, name);
            return null;
        }

        if (environment(variable) is not { Length: > 0 } value)
        {
            fields.Fail(NotificationFaultKind.EnvMissing, name, variable);
            return null;
        }

        return value;
    }
}
