using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>A point of a line: one reading, or several neighbouring ones. If its values are NaN, the line breaks there.</summary>
/// <param name="TimeMs">
/// The time in Unix ms: halfway between the first and the last of its readings, or halfway through the gap if the line breaks.
/// </param>
/// <param name="Min">The smallest value, in the type's unit.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Mean">The mean of the values, each counting alike.</param>
/// <param name="Total">How much a counter counted in that time (<see cref="MeasurementKind"/>); NaN for other kinds.</param>
public readonly record struct BandPoint(long TimeMs, double Min, double Max, double Mean, double Total = double.NaN)
{
    /// <summary>How many readings with a value it stands for; 0 if the line breaks here, or if they were not counted.</summary>
    public int Count { get; init; }

    /// <summary>Whether the line breaks here.</summary>
    public bool IsBreak => double.IsNaN(Min);
}
