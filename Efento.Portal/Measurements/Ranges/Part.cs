using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>The pieces of a channel that one logger measured.</summary>
/// <param name="Series">Its series.</param>
/// <param name="FromMs">From when on it measured there within the range, Unix ms.</param>
/// <param name="ToMs">Until when.</param>
/// <param name="First">Its first piece.</param>
/// <param name="End">The piece after its last.</param>
/// <param name="Intervals">The intervals it named, in order.</param>
/// <param name="Before">Its last value before, if it measured there already.</param>
internal sealed record Part(SeriesEntry Series, long FromMs, long ToMs, int First, int End, IReadOnlyList<NamedInterval> Intervals, Rollup? Before)
{
    /// <summary>How long its next reading may take; null where that is not known.</summary>
    public Awaited? Awaited { get; init; }
}
