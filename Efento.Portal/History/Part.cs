using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>The pieces of a channel that one logger measured.</summary>
/// <param name="Series">The logger's series.</param>
/// <param name="FromMs">When the logger began to measure here within the range, Unix ms.</param>
/// <param name="ToMs">When it ended; not part of it.</param>
/// <param name="First">The index of its first piece.</param>
/// <param name="End">The index after its last piece.</param>
/// <param name="Intervals">The intervals the logger named, in order.</param>
/// <param name="Before">Its last value before the range; null if it was not measuring here yet, or if another logger came first.</param>
internal sealed record Part(
    SeriesEntry Series, long FromMs, long ToMs, int First, int End, IReadOnlyList<NamedInterval> Intervals, Rollup? Before)
{
    /// <summary>How long the logger's next reading may take; null if nothing is awaited.</summary>
    public Awaited? Awaited { get; init; }
}
