using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Measurements;
using Efento.Portal.Texts;

namespace Efento.Portal.Notifications.Sending;

/// <summary>How somebody reads messages.</summary>
/// <param name="Language">The language.</param>
/// <param name="Units">The units.</param>
/// <param name="Zone">The time zone.</param>
public sealed record Reader(Language Language, Units Units, TimeZoneInfo Zone)
{
    /// <summary>How a recipient reads: as they or their account say, or else as the site does.</summary>
    /// <param name="recipient">The recipient; null for a channel.</param>
    /// <param name="preferences">The preferences of their account.</param>
    /// <param name="site">The site; null until it is set up.</param>
    public static Reader Of(NotificationRecipient? recipient, Preferences preferences, Site? site) => new(
        Languages.Find(recipient?.Language ?? preferences.Language ?? site?.Language),
        new Units(recipient?.Temperature ?? preferences.Temperature, recipient?.Pressure ?? preferences.Pressure),
        ZoneOf(recipient?.TimeZone
            ?? (preferences.TimeZone is null or Preferences.SiteZone ? site?.TimeZone : preferences.TimeZone)));

    /// <summary>
    /// A time in words, as the reader's clock shows it, with the zone. Somebody who reads it elsewhere, or in a night on which clocks are
    /// put back, would else not know which hour it is.
    /// </summary>
    /// <param name="ms">The time, Unix ms.</param>
    public string At(long ms)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ms), Zone);
        return $"{local.ToString("d MMM yyyy, HH:mm", Language.Culture)} {ShortZone(local.Offset)}";
    }

    /// <summary>A zone by its offset, as short as text messages need it: UTC, UTC+2, UTC−3:30.</summary>
    private static string ShortZone(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "UTC"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"UTC{(offset < TimeSpan.Zero ? '\u2212' : '+')}{offset.Duration():h\\:mm}").Replace(":00", "", StringComparison.Ordinal);

    private static TimeZoneInfo ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
