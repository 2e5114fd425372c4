using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>
/// Twilio: <see cref="ChannelSettings.User"/> is the SID of the account, <see cref="ChannelSettings.Password"/> its token.
/// </summary>
internal sealed class TwilioSms : ISmsProvider
{
    public const string Name = "twilio";

    /// <inheritdoc/>
    public OutgoingRequest RequestOf(ChannelSettings channel, SmsRequest sms) => new()
    {
        Url = channel.Url ?? $"https://api.twilio.com/2010-04-01/Accounts/{Uri.EscapeDataString(channel.User ?? "")}/Messages.json",
        Body = FormBody.Of(("To", sms.To), ("From", channel.From), ("Body", sms.Text)),
        ContentType = FormBody.ContentType,
        Headers = SignIn.HeadersOf(channel),
    };

    /// <inheritdoc/>
    public Verdict VerdictOf(HttpAnswer answer) => answer.Verdict;
}
