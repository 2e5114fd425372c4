using System.Globalization;

namespace Efento.Portal.Components.Browser;

/// <summary>Moments as the browser's elements read them.</summary>
public static class Iso
{
    /// <summary>ISO 8601 in UTC with milliseconds; null stays null, so that the attribute is left out.</summary>
    public static string? Of(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>What stands there until the browser's script writes the moment in the person's zone.</summary>
    public static string? Spoken(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
