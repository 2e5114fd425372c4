namespace Efento.Portal.Measurements.Ranges;

/// <summary>A point of a line: one reading, or many of one stretch of time. All of NaN: the line breaks there.</summary>
/// <param name="TimeMs">When, Unix ms: halfway between the first and the last of its readings; halfway through the gap where the line breaks.</param>
/// <param name="Min">The smallest value, in the type's unit.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Mean">The mean of the values, each counting alike.</param>
/// <param name="Total">What a counter counted in that time (<see cref="MeasurementKind"/>); NaN for other kinds.</param>
public readonly record struct BandPoint(long TimeMs, double Min, double Max, double Mean, double Total = double.NaN)
{
    /// <summary>Whether the line breaks here.</summary>
    public bool IsBreak => double.IsNaN(Min);
}
