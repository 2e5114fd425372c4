using System.Globalization;
using System.Text.Json;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Sms;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>The fields of a channel in a dialog. They become an object of notifications.json, so that one place checks both.</summary>
public sealed class ChannelForm
{
    /// <summary>What stands for providers of text messages that the portal does not know.</summary>
    public const string OtherProvider = "";

    public string Key { get; set; } = "";
    public ChannelKind Kind { get; set; } = ChannelKind.Email;
    public string Host { get; set; } = "";
    public string Port { get; set; } = "";
    public ChannelSecurity Security { get; set; } = ChannelSecurity.StartTls;
    public string From { get; set; } = "";
    public string To { get; set; } = "";
    public string User { get; set; } = "";
    public string Url { get; set; } = "";
    public string Provider { get; set; } = TwilioSms.Name;
    public string Body { get; set; } = "";
    public string Topic { get; set; } = "";
    public bool UsesToken { get; set; }
    public string TokenUrl { get; set; } = "";
    public string ClientId { get; set; } = "";
    public string Scope { get; set; } = "";
    public bool AllowPrivateNetworks { get; set; }
    public SecretField Password { get; init; } = new();
    public SecretField Secret { get; init; } = new();
    public SecretField SecretUrl { get; init; } = new();
    public SecretField Headers { get; init; } = new();

    /// <summary>Whether the address is a secret.</summary>
    public bool IsUrlSecret => ChannelSecrets.IsUrlSecret(Kind);

    /// <summary>Whether a mail server is shown a token instead of a password.</summary>
    public bool IsToken => Kind is ChannelKind.Email && UsesToken;

    /// <summary>The ways in which connections of the kind can be protected.</summary>
    public IEnumerable<ChannelSecurity> Securities =>
        (Kind is ChannelKind.Mqtt ? NotificationWords.BrokerSecurities : NotificationWords.Securities).Values;

    /// <summary>What a dialog begins with.</summary>
    public static ChannelForm Of(OpenedChannel? channel)
    {
        if (channel is null)
        {
            return new();
        }

        var its = ChannelVault.OpenSettings(channel.Row);
        var secrets = channel.Settings is { } open ? ChannelSecrets.Of(open) : null;
        var isUnreadable = secrets is null;
        return new()
        {
            Key = channel.Row.Key,
            Kind = channel.Row.Kind,
            Host = its.Host ?? "",
            Port = its.Port?.ToString(CultureInfo.InvariantCulture) ?? "",
            Security = its.Security,
            From = its.From ?? "",
            To = its.To ?? "",
            User = its.User ?? "",
            Url = its.Url ?? "",
            Provider = SmsSender.ProviderOf(its.Template) ?? OtherProvider,
            Body = SmsSender.ProviderOf(its.Template) is null ? its.Template ?? "" : "",
            Topic = its.Template ?? "",
            UsesToken = its.TokenUrl is not null,
            TokenUrl = its.TokenUrl ?? "",
            ClientId = its.ClientId ?? "",
            Scope = its.Scope ?? "",
            AllowPrivateNetworks = its.AllowPrivateNetworks,
            Password = new() { IsSet = isUnreadable || secrets!.Password is not null },
            Secret = new() { IsSet = isUnreadable || secrets!.Secret is not null },
            SecretUrl = new() { IsSet = !isUnreadable },
            Headers = new() { IsSet = isUnreadable || secrets!.Headers.Count > 0 },
        };
    }

    /// <summary>The channel as an object of notifications.json.</summary>
    public JsonElement Document()
    {
        var fields = new Dictionary<string, object?>
        {
            ["key"] = Key.Trim(),
            ["kind"] = NotificationWords.Of(NotificationWords.Kinds, Kind),
        };
        if (Kind is ChannelKind.Email or ChannelKind.Mqtt)
        {
            AddServer(fields);
        }
        else
        {
            AddAddress(fields);
        }

        AddSecret(fields, SecretFields.Password, Password, HasPassword);
        AddSecret(fields, SecretFields.Secret, Secret, Kind is ChannelKind.Webhook || IsToken);
        AddHeaders(fields);
        return JsonSerializer.SerializeToElement(fields);
    }

    private bool HasPassword => !IsToken && Kind is (ChannelKind.Email or ChannelKind.Mqtt or ChannelKind.Ntfy or ChannelKind.Sms);

    private void AddServer(Dictionary<string, object?> fields)
    {
        Add(fields, "host", Host);
        if (Port.Trim() is { Length: > 0 } port)
        {
            fields["port"] = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : port;
        }

        fields["security"] = NotificationWords.Of(NotificationWords.Securities, Securities.Contains(Security) ? Security : ChannelSecurity.Tls);
        Add(fields, "user", User);
        Add(fields, Kind is ChannelKind.Email ? "from" : "topic", Kind is ChannelKind.Email ? From : Topic);
        if (IsToken)
        {
            AddToken(fields);
        }
    }

    /// <summary>The address is always there: by it, the object says that a token is shown.</summary>
    private void AddToken(Dictionary<string, object?> fields)
    {
        fields["tokenUrl"] = TokenUrl.Trim();
        fields["allowPrivateNetworks"] = AllowPrivateNetworks;
        Add(fields, "clientId", ClientId);
        Add(fields, "scope", Scope);
    }

    private void AddAddress(Dictionary<string, object?> fields)
    {
        fields["allowPrivateNetworks"] = AllowPrivateNetworks;
        if (Kind is ChannelKind.Push)
        {
            return;
        }

        Add(fields, SecretFields.Url, IsUrlSecret ? SecretUrl.Text : Url);
        if (Kind is ChannelKind.Ntfy or ChannelKind.Sms)
        {
            Add(fields, "user", User);
        }

        if (Kind is ChannelKind.Sms)
        {
            Add(fields, "template", Provider == OtherProvider ? Body : Provider);
            Add(fields, "to", To);
            Add(fields, "from", From);
        }
    }

    private static void Add(Dictionary<string, object?> fields, string name, string text)
    {
        if (text.Trim() is { Length: > 0 } given)
        {
            fields[name] = given;
        }
    }

    /// <summary>What the object does not mention stays as it is.</summary>
    private static void AddSecret(Dictionary<string, object?> fields, string name, SecretField secret, bool has)
    {
        if (has && (secret.IsRemoved || secret.Text.Length > 0))
        {
            fields[name] = secret.IsRemoved ? null : secret.Text;
        }
    }

    /// <summary>A header in each line. What is no header is handed on as it is, so that it is told.</summary>
    private void AddHeaders(Dictionary<string, object?> fields)
    {
        if (Kind is not (ChannelKind.Webhook or ChannelKind.Sms) || (Headers.Text.Length == 0 && !Headers.IsRemoved))
        {
            return;
        }

        var lines = Headers.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var named = lines.Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToList();
        fields[SecretFields.Headers] = Headers.IsRemoved ? null
            : named.TrueForAll(part => part.Length == 2) && named.DistinctBy(part => part[0]).Count() == named.Count
                ? named.ToDictionary(part => part[0], part => part[1])
                : Headers.Text;
    }
}
