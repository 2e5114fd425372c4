using System.Globalization;

namespace Efento.Portal.Components.Browser;

/// <summary>Formats times for the browser's elements.</summary>
internal static class Iso
{
    /// <summary>ISO 8601 in UTC with milliseconds; null for null, so that the attribute is left out.</summary>
    public static string? Of(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The text that is shown until the browser's script formats the time in the user's zone.</summary>
    public static string? Placeholder(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
