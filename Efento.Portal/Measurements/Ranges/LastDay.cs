using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>The last 24 hours of a series, an hour each; equal ones are drawn alike.</summary>
/// <param name="Type">What is measured.</param>
/// <param name="FromMs">Where they begin, Unix ms.</param>
/// <param name="ToMs">Until when the readings were looked at, Unix ms.</param>
/// <param name="Hours">The hours that have a value, in order; the last one may still run.</param>
public sealed record LastDay(MeasurementType Type, long FromMs, long ToMs, IReadOnlyList<Rollup> Hours)
{
    /// <summary>The smallest value; NaN if there is none.</summary>
    public double Min => Hours.Count == 0 ? double.NaN : Hours.Min(h => h.Min);

    /// <summary>The largest value; NaN if there is none.</summary>
    public double Max => Hours.Count == 0 ? double.NaN : Hours.Max(h => h.Max);

    /// <summary>The times in order in which more than <paramref name="longest"/> went by without a value; that before the first is not known.</summary>
    public IEnumerable<Stretch> Gaps(TimeSpan longest)
    {
        for (var i = 0; i < Hours.Count; i++)
        {
            var next = i + 1 < Hours.Count ? Hours[i + 1].FirstMs : ToMs;
            if (next - Hours[i].LastMs > longest.TotalMilliseconds)
            {
                yield return new Stretch(Hours[i].LastMs, next);
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(LastDay? other) =>
        other is not null && (Type, FromMs, ToMs) == (other.Type, other.FromMs, other.ToMs) && Hours.SequenceEqual(other.Hours);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FromMs, ToMs, Hours.Count);
}
