using Efento.Portal.Measurements;
using Efento.Portal.Notifications.Duty;

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

    /// <summary>The time zone, an IANA name; null for that of the account, or else of the site.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The unit of temperatures; null for that of the account.</summary>
    public TemperatureUnit? Temperature { get; set; }

    /// <summary>The unit of air pressure; null for that of the account.</summary>
    public PressureUnit? Pressure { get; set; }

    /// <summary>The minute of the day at which the quiet hours begin; null without quiet hours.</summary>
    public int? QuietFromMinute { get; set; }

    /// <summary>The minute of the day at which the quiet hours end; null without quiet hours.</summary>
    public int? QuietToMinute { get; set; }

    /// <summary>The keys of the channels for steps that name none, separated by spaces; empty for all channels of e-mail.</summary>
    public required string Channels { get; set; }

    /// <summary>The keys of the channels for steps that name none.</summary>
    public IReadOnlyList<string> ChannelKeys => Channels.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The time of each day in which warnings wait; null if they never do.</summary>
    public QuietHours? Quiet
    {
        get => QuietFromMinute is { } from && QuietToMinute is { } to ? new QuietHours(from, to) : null;
        set => (QuietFromMinute, QuietToMinute) = (value?.FromMinute, value?.ToMinute);
    }
}
