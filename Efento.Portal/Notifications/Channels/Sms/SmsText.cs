namespace Efento.Portal.Notifications.Channels.Sms;

/// <summary>What a text message says: the subject, which has everything that matters, and the links.</summary>
internal static class SmsText
{
    /// <summary>Three parts with letters outside GSM's alphabet hold 201 characters, with it 459.</summary>
    public const int MaxLength = 459;

    private const int ShortestSubject = 60;

    public static string Of(OutgoingMessage message)
    {
        var subject = OneLine.Of(message.Subject);
        var link = string.Concat(new[] { message.Link, message.Answer }.OfType<Uri>().Select(l => $"\n{l.AbsoluteUri}"));
        var room = Math.Max(ShortestSubject, MaxLength - link.Length);
        return OneLine.Shortened(subject, room) + link;
    }
}
