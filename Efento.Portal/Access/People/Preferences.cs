using Efento.Portal.Measurements;

namespace Efento.Portal.Access;

/// <summary>How somebody likes the pages. A matter of taste: it is not audited.</summary>
public sealed record Preferences
{
    /// <summary>In <see cref="TimeZone"/>: the zone of the site, whatever that is.</summary>
    public const string SiteZone = "site";

    /// <summary>What holds for who chose nothing.</summary>
    public static Preferences None { get; } = new();

    /// <summary>Whose they are; 0 for <see cref="None"/>.</summary>
    public int UserId { get; init; }

    /// <summary>The language, as two letters; null for the site's.</summary>
    public string? Language { get; init; }

    /// <summary>The zone times are shown in: an IANA name, or <see cref="SiteZone"/>; null for that of the device somebody looks at.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The unit of temperatures.</summary>
    public TemperatureUnit Temperature { get; init; }

    /// <summary>The unit of air pressure.</summary>
    public PressureUnit Pressure { get; init; }

    /// <summary>Light or dark.</summary>
    public Theme Theme { get; init; }

    /// <summary>The page that follows the sign-in.</summary>
    public StartPage StartPage { get; init; }
}

/// <summary>Light or dark.</summary>
public enum Theme : byte
{
    /// <summary>As the device has it.</summary>
    System,

    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}

/// <summary>Where somebody begins.</summary>
public enum StartPage : byte
{
    /// <summary>The overview.</summary>
    Overview,

    /// <summary>The gateways.</summary>
    Gateways,
}
