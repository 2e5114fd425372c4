namespace Efento.Portal.Measurements;

/// <summary>
/// Reads the readings of a logger in portions, for downloads of any length. Each portion is a short read transaction of its own, because
/// the store can't tidy up its log behind a reader that stays.
/// </summary>
internal interface IReadingPortions
{
    /// <summary>
    /// Adds the next readings of a range, in measured order; those of the same instant in the order of <paramref name="series"/>. A portion
    /// holds whole instants, and ends after a bounded number of readings and searches. It may be empty although more follow.
    /// </summary>
    /// <param name="loggerId">The logger.</param>
    /// <param name="series">Series of the logger.</param>
    /// <param name="fromMs">The begin of the range, Unix ms.</param>
    /// <param name="toMs">The end of the range, Unix ms; not part of it.</param>
    /// <param name="into">Takes the readings.</param>
    /// <returns>Where the next portion begins, Unix ms; null if the range was read to its end.</returns>
    long? Read(int loggerId, IReadOnlyList<SeriesEntry> series, long fromMs, long toMs, List<SeriesReading> into);
}
