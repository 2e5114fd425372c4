using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>Sends text messages through the HTTP interface of a provider.</summary>
internal sealed class SmsSender(OutgoingHttp http) : IChannelSender
{
    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Sms;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var to = message.Recipient ?? channel.To;
        if (PhoneNumber.Of(to) is not { } number)
        {
            return Task.FromResult(new SendResult(SendOutcome.Refused, $"\"{to}\" is not a phone number.", []));
        }

        var provider = Provider(channel.Template);
        var request = provider.RequestOf(channel, new SmsRequest(number, SmsText.Of(message), KeyOf(message)));
        return http.PostAsync(channel, request, cancellationToken, provider.VerdictOf);
    }

    /// <summary>The provider that a template names, whose address the portal knows; null if it is the body of a request.</summary>
    public static string? ProviderOf(string? template) =>
        template?.ToLowerInvariant() is TwilioSms.Name or SmsApiSms.Name ? template.ToLowerInvariant() : null;

    private static ISmsProvider Provider(string? template) => ProviderOf(template) switch
    {
        TwilioSms.Name => new TwilioSms(),
        SmsApiSms.Name => new SmsApiSms(),
        _ => new TemplateSms(),
    };

    /// <summary>The key in characters that every provider takes.</summary>
    private static string KeyOf(OutgoingMessage message) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Key)).AsSpan(0, 16));
}
