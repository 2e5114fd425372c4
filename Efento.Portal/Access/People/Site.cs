using Efento.Portal.Texts;

namespace Efento.Portal.Access;

/// <summary>The site that the portal serves. The set-up makes it; there is exactly one.</summary>
public sealed class Site
{
    /// <summary>The most letters of a name.</summary>
    public const int MostLetters = 100;

    /// <summary>The key: 1.</summary>
    public int Id { get; init; }

    /// <summary>Its name, such as "Hospital pharmacy".</summary>
    public required string Name { get; set; }

    /// <summary>Its time zone, an IANA name such as Europe/Warsaw.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Its language: en or pl.</summary>
    public required string Language { get; set; }

    /// <summary>
    /// The address at which people open the portal, as <see cref="Access.PublicAddress"/> reads it; null if nobody has entered one.
    /// </summary>
    public string? PublicAddress { get; set; }

    /// <summary>Counts changes, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }

    /// <summary>The site of a portal whose first account was made without the set-up page.</summary>
    internal static Site Unnamed => new() { Id = 1, Name = "Efento Portal", TimeZone = SiteZones.Local, Language = Languages.Default.Code };
}
