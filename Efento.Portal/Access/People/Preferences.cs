using Efento.Portal.Measurements;

namespace Efento.Portal.Access;

/// <summary>The preferences of a user. Changes of them are not audited.</summary>
public sealed record Preferences
{
    /// <summary>The value of <see cref="TimeZone"/> that stands for the site's time zone.</summary>
    public const string SiteZone = "site";

    /// <summary>The preferences of a user who chose none.</summary>
    public static Preferences None { get; } = new();

    /// <summary>The user; 0 for <see cref="None"/>.</summary>
    public int UserId { get; init; }

    /// <summary>The language, as two letters; null for the site's.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The time zone for display: an IANA name, or <see cref="SiteZone"/>; null for the time zone of the browser.
    /// </summary>
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
    /// <summary>The device's setting.</summary>
    System,

    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}

/// <summary>The first page after the sign-in.</summary>
public enum StartPage : byte
{
    /// <summary>The overview.</summary>
    Overview,

    /// <summary>The gateways.</summary>
    Gateways,
}
