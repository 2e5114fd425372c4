using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>The statistics of the values in a range, and how much of the range they cover.</summary>
public sealed record RangeStatistics
{
    /// <summary>The range without its future, Unix ms.</summary>
    public required Stretch Range { get; init; }

    /// <summary>How many readings have a value.</summary>
    public required long Count { get; init; }

    /// <summary>How many readings came without a value: sensor errors.</summary>
    public required long WithoutValue { get; init; }

    /// <summary>The smallest value, in the type's unit; null if there is none.</summary>
    public double? Min { get; init; }

    /// <summary>The largest value; null if there is none.</summary>
    public double? Max { get; init; }

    /// <summary>The mean of the values; each counts the same (docs/decisions/0052-mean-by-count.md). Null if there is none.</summary>
    public double? Mean { get; init; }

    /// <summary>How much a counter counted in the range; null for other kinds.</summary>
    public double? Total { get; init; }

    /// <summary>How often a binary channel changed its state; null for other kinds.</summary>
    public long? Changes { get; init; }

    /// <summary>
    /// The covered time: each value covers one interval in force, but not beyond the next reading or the end of the range.
    /// </summary>
    public required TimeSpan Covered { get; init; }

    /// <summary>The length of the range; a calendar day has 23, 24 or 25 hours.</summary>
    public TimeSpan Length => TimeSpan.FromMilliseconds(Range.ToMs - Range.FromMs);

    /// <summary>The covered share of the range, from 0 to 1.</summary>
    public double Coverage => Length > TimeSpan.Zero ? Covered / Length : 0;
}
