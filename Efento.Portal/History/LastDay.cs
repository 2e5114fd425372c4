using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>The last 24 hours of a series. Two that are equal look alike when drawn.</summary>
/// <param name="Type">What is measured.</param>
/// <param name="FromMs">The begin of the first hour, Unix ms.</param>
/// <param name="ToMs">The time of reading, Unix ms.</param>
/// <param name="Hours">
/// The hours that have a value, in order. The last one may still be running. An hour in which a gap begins or ends comes in parts.
/// </param>
/// <param name="Gaps">
/// The times without values, in order; the same as in a chart of these hours. A gap begins at the last value before it or at
/// <paramref name="FromMs"/>, and ends at the first value after it or at <paramref name="ToMs"/>.
/// </param>
public sealed record LastDay(MeasurementType Type, long FromMs, long ToMs, IReadOnlyList<Rollup> Hours, IReadOnlyList<Stretch> Gaps)
{
    /// <summary>The smallest value; NaN if there is none.</summary>
    public double Min => Hours.Count == 0 ? double.NaN : Hours.Min(h => h.Min);

    /// <summary>The largest value; NaN if there is none.</summary>
    public double Max => Hours.Count == 0 ? double.NaN : Hours.Max(h => h.Max);

    /// <inheritdoc/>
    public bool Equals(LastDay? other) =>
        other is not null
            && (Type, FromMs, ToMs) == (other.Type, other.FromMs, other.ToMs)
            && Hours.SequenceEqual(other.Hours)
            && Gaps.SequenceEqual(other.Gaps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FromMs, ToMs, Hours.Count);
}
