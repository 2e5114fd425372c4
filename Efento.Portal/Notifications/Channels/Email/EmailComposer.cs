using Efento.Portal.Alarms;
using MimeKit;

namespace Efento.Portal.Notifications.Channels.Email;

/// <summary>Makes an e-mail of a message.</summary>
internal static class EmailComposer
{
    public static MimeMessage Compose(OutgoingMessage message, MailboxAddress from, MailboxAddress to, DateTimeOffset now)
    {
        var thread = MessageIds.Of("thread", message.Thread, from.Domain);
        var mail = new MimeMessage
        {
            Subject = OneLine.Of(message.Subject),
            Date = now,
            MessageId = MessageIds.Of("message", message.Key, from.Domain),
            InReplyTo = thread,
            Body = new BodyBuilder { TextBody = PortalLink.Below(message), HtmlBody = message.Html }.ToMessageBody(),
        };
        mail.From.Add(from);
        mail.To.Add(to);
        mail.References.Add(thread);

        // Nobody's absence notice answers the portal.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (Urgency.Of(message) == AlarmLevel.Critical)
        {
            mail.Importance = MessageImportance.High;
        }

        return mail;
    }

    /// <summary>One address, or null. Several would be told of by one answer.</summary>
    public static MailboxAddress? AddressOf(string? text) =>
        MailboxAddress.TryParse(text ?? "", out var address) && address.Domain.Length > 0 ? address : null;
}
