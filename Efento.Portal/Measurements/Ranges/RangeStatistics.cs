namespace Efento.Portal.Measurements.Ranges;

/// <summary>What the values of a time amount to, and how much of that time they cover.</summary>
public sealed record RangeStatistics
{
    /// <summary>Begin and end of the time, Unix ms; what lies ahead of the clock is left out.</summary>
    public required Stretch Range { get; init; }

    /// <summary>How many readings have a value.</summary>
    public required long Count { get; init; }

    /// <summary>How many readings came without one: sensor errors.</summary>
    public required long WithoutValue { get; init; }

    /// <summary>The smallest value, in the type's unit; null if there is none.</summary>
    public double? Min { get; init; }

    /// <summary>The largest value; null if there is none.</summary>
    public double? Max { get; init; }

    /// <summary>The mean of the values, each counting alike (docs/decisions/0052-mean-by-count.md); null if there is none.</summary>
    public double? Mean { get; init; }

    /// <summary>What a counter counted in the time; null for other kinds.</summary>
    public double? Total { get; init; }

    /// <summary>How often a binary channel changed its state; null for other kinds.</summary>
    public long? Changes { get; init; }

    /// <summary>How much of the time is covered: each value covers one interval in force, not beyond the next value or the end.</summary>
    public required TimeSpan Covered { get; init; }

    /// <summary>How long the time is: 23, 24 or 25 hours for a day.</summary>
    public TimeSpan Length => TimeSpan.FromMilliseconds(Range.ToMs - Range.FromMs);

    /// <summary>The covered share of the time, 0 to 1.</summary>
    public double Coverage => Length > TimeSpan.Zero ? Covered / Length : 0;
}
