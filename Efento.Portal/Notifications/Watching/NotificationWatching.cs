namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// How the portal lets others know that it watches: a mail a day, and calls of an address whose owner raises an alarm when they stay out.
/// There is one row at most.
/// </summary>
public sealed class NotificationWatching
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>The minute of the day at which the mail is sent; null for no mail.</summary>
    public int? MailMinute { get; set; }

    /// <summary>The time zone of <see cref="MailMinute"/>, an IANA name; null for that of the site.</summary>
    public string? MailZone { get; set; }

    /// <summary>The addresses of those who get the mail, separated by spaces.</summary>
    public string MailPeople { get; set; } = "";

    /// <summary>The last day whose mail was queued, so that no day has two; null before the first.</summary>
    public DateOnly? MailedDay { get; set; }

    /// <summary>The address that is called, encrypted by data protection; null for no calls.</summary>
    public string? CallAddress { get; set; }

    /// <summary>The host of that address, which may be shown.</summary>
    public string? CallHost { get; set; }

    /// <summary>Whether it is called with POST, not with GET.</summary>
    public bool CallIsPost { get; set; }

    /// <summary>How often it is called, in ms.</summary>
    public long CallEveryMs { get; set; }

    /// <summary>Whether calls may go to private, loopback and link-local addresses.</summary>
    public bool CallAllowsPrivateNetworks { get; set; }

    /// <summary>The addresses of those who get the mail.</summary>
    public IReadOnlyList<string> MailAddresses => MailPeople.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>How the portal lets others know that it watches, with the secret in clear text.</summary>
/// <param name="Row">As it is stored.</param>
/// <param name="Url">The address that is called; null if there is none, or if it can't be decrypted any more.</param>
public sealed record OpenedWatching(NotificationWatching Row, string? Url);
