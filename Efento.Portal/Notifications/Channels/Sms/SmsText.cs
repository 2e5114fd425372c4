namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>What a text message says: the subject, which has everything that matters, and the link.</summary>
internal static class SmsText
{
    /// <summary>Three parts with letters outside GSM's alphabet hold 201 characters, with it 459.</summary>
    public const int MaxLength = 459;

    private const int ShortestSubject = 60;

    public static string Of(OutgoingMessage message)
    {
        var subject = OneLine.Of(message.Subject);
        var link = message.Link is { } address ? $"\n{address.AbsoluteUri}" : "";
        var room = Math.Max(ShortestSubject, MaxLength - link.Length);
        return OneLine.Shortened(subject, room) + link;
    }
}
