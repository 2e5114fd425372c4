using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>The last 24 hours of a series; equal ones are drawn alike.</summary>
/// <param name="Type">What is measured.</param>
/// <param name="FromMs">Where they begin, Unix ms.</param>
/// <param name="ToMs">Until when the readings were looked at, Unix ms.</param>
/// <param name="Hours">The hours that have a value, in order; the last one may still run, and one in which a gap begins or ends is in parts.</param>
/// <param name="Gaps">
/// The times without values, in order, as the chart of these hours has them: each begins with the last value before it, or with the hours, and ends with
/// the first value after it, or with them.
/// </param>
public sealed record LastDay(MeasurementType Type, long FromMs, long ToMs, IReadOnlyList<Rollup> Hours, IReadOnlyList<Stretch> Gaps)
{
    /// <summary>The smallest value; NaN if there is none.</summary>
    public double Min => Hours.Count == 0 ? double.NaN : Hours.Min(h => h.Min);

    /// <summary>The largest value; NaN if there is none.</summary>
    public double Max => Hours.Count == 0 ? double.NaN : Hours.Max(h => h.Max);

    /// <inheritdoc/>
    public bool Equals(LastDay? other) =>
        other is not null && (Type, FromMs, ToMs) == (other.Type, other.FromMs, other.ToMs) && Hours.SequenceEqual(other.Hours) && Gaps.SequenceEqual(other.Gaps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FromMs, ToMs, Hours.Count);
}
