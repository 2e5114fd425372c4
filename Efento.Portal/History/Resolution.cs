using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>What the points of a range are made of.</summary>
public enum Resolution : byte
{
    /// <summary>The readings themselves.</summary>
    Raw,

    /// <summary>Hours; readings at the edges of the range and for hours that are not rolled up yet.</summary>
    Hour,

    /// <summary>Days (UTC); hours and readings at the edges.</summary>
    Day,
}
