namespace Efento.Portal.Access;

/// <summary>What the portal stands for; made by the set-up. There is one.</summary>
public sealed class Site
{
    /// <summary>The key: 1.</summary>
    public int Id { get; init; }

    /// <summary>What people call it, such as "Hospital pharmacy".</summary>
    public required string Name { get; set; }

    /// <summary>Its time zone, an IANA name such as Europe/Warsaw.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Its language: en or pl.</summary>
    public required string Language { get; set; }

    /// <summary>Counts changes, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }

    /// <summary>What a portal stands for whose first account was made without asking.</summary>
    internal static Site Unnamed => new() { Id = 1, Name = "Efento Portal", TimeZone = SiteZones.Local, Language = "en" };
}
