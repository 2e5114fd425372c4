namespace Efento.Portal.Notifications;

/// <summary>
/// A person who is told. The account with the same address is this person, and limits what they are told; without an account, an
/// administrator who entered the address decided about it.
/// </summary>
public sealed class NotificationRecipient
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Address { get; init; }

    /// <summary>The language as two letters; null for that of the account, or else of the site.</summary>
    public string? Language { get; set; }

    /// <summary>The keys of the channels for steps that name none, separated by spaces; empty for all channels of e-mail.</summary>
    public required string Channels { get; set; }

    /// <summary>The keys of the channels for steps that name none.</summary>
    public IReadOnlyList<string> ChannelKeys => Channels.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
