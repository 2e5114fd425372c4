namespace Efento.Portal.Measurements;

/// <summary>The values of a series over a time, few enough to be drawn.</summary>
/// <param name="SeriesId">The key.</param>
/// <param name="Channel">The logger's channel, 1–255.</param>
/// <param name="Type">What is measured, with its unit.</param>
/// <param name="Points">
/// Pairs of time (Unix ms) and value in measured order; NaN breaks the line: a gap, a reading without value or an error code.
/// </param>
/// <param name="IsReduced">Whether there were more readings than points: minimum and maximum stand for many.</param>
/// <param name="Readings">How many readings there were.</param>
/// <param name="Gaps">The times without values, in order; the longest where there are very many.</param>
public sealed record SeriesHistory(
    int SeriesId, byte Channel, MeasurementType Type, double[] Points, bool IsReduced, int Readings, IReadOnlyList<HistoryGap> Gaps)
{
    /// <summary>Where readings came later than they should have, for maintenance was on; in order.</summary>
    public IReadOnlyList<DelayedStretch> Delayed { get; init; } = [];
}

/// <summary>A reading with the series it belongs to.</summary>
/// <param name="Channel">The logger's channel, 1–255.</param>
/// <param name="Type">What is measured, with its unit.</param>
/// <param name="Reading">The reading.</param>
public readonly record struct SeriesReading(byte Channel, MeasurementType Type, Reading Reading);
