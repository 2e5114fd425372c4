namespace Efento.Portal.Measurements.Ranges;

/// <summary>What the points of a range were made of.</summary>
public enum Resolution : byte
{
    /// <summary>The readings themselves.</summary>
    Raw,

    /// <summary>Hours, and readings at the edges and where hours are not rolled up yet.</summary>
    Hour,

    /// <summary>Days (UTC), and hours and readings at the edges.</summary>
    Day,
}
