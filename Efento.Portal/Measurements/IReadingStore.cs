using System.Data.Common;

namespace Efento.Portal.Measurements;

/// <summary>The store of readings.</summary>
internal interface IReadingStore
{
    /// <summary>Prepares the statements that write readings. The result is valid as long as the writing connection.</summary>
    IReadingWriter CreateWriter(DbConnection connection);

    /// <summary>
    /// Deletes, within the caller's transaction, the whole days (UTC) measured before <paramref name="beforeMs"/> (Unix ms): readings,
    /// conflicting readings, and rollups.
    /// </summary>
    /// <param name="connection">The writing connection.</param>
    /// <param name="beforeMs">The limit.</param>
    /// <param name="most">The most rows of a kind.</param>
    /// <returns>Whether there may be more.</returns>
    bool DeleteBefore(DbConnection connection, long beforeMs, int most);

    /// <summary>When the oldest reading was measured, to the quarter of an hour, Unix ms; null if there is none.</summary>
    /// <param name="connection">The writing connection.</param>
    long? Oldest(DbConnection connection);

    /// <summary>A part of the readings of a logger, in measured order or its reverse, then by channel and type.</summary>
    IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page);

    /// <summary>The latest reading of each series measured up to <paramref name="nowMs"/> (Unix ms). Readings of a clock that was ahead
    /// count only if nothing else came after them. Series without a reading are left out.</summary>
    IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs);

    /// <summary>
    /// The latest reading with a value of each series measured up to <paramref name="nowMs"/> (Unix ms); series without one are left out.
    /// </summary>
    IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs);

    /// <summary>
    /// The last <paramref name="count"/> readings of each series measured up to <paramref name="nowMs"/> (Unix ms), newest first.
    /// </summary>
    IEnumerable<(
        SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(IEnumerable<SeriesEntry> series, long nowMs, int count);

    /// <summary>All readings measured after <paramref name="nowMs"/> (Unix ms): those of loggers whose clocks are ahead.</summary>
    IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs);

    /// <summary>
    /// The valid values of a logger that conflict with a stored value of the same time, measured in [<paramref name="fromMs"/>,
    /// <paramref name="toMs"/>) (Unix ms). At most <paramref name="most"/>; the newest are kept.
    /// </summary>
    IReadOnlyList<(int SeriesId, long MeasuredAtMs, double Value)> ReadConflicts(int loggerId, long fromMs, long toMs, int most);
}

/// <summary>A page of the readings of a logger.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="Channel">The channel; null for all.</param>
/// <param name="FromMs">The begin of the range, Unix ms.</param>
/// <param name="ToMs">The end of the range, Unix ms; not part of it.</param>
/// <param name="After">The position after which the page begins; null for the first page.</param>
/// <param name="Limit">The most readings.</param>
/// <param name="IsNewestFirst">
/// Whether the newest come first. Readings of the same instant are ordered by channel and type in both cases.
/// </param>
public readonly record struct ReadingPage(
    int LoggerId, byte? Channel, long FromMs, long ToMs, ReadingPosition? After, int Limit, bool IsNewestFirst = false);

/// <summary>
/// The position of a reading among those of its logger, by time measured, channel and type. It stays the same when other readings arrive.
/// </summary>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="TypeKey">Its type (<see cref="MeasurementType.Key"/>).</param>
public sealed record ReadingPosition(long MeasuredAtMs, byte Channel, string TypeKey);

/// <summary>When a reading was measured and received.</summary>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="MessageId">The message it came with.</param>
public readonly record struct ReadingArrival(long MeasuredAtMs, long MessageId);

/// <summary>Writes readings within the caller's transaction.</summary>
public interface IReadingWriter : IDisposable
{
    /// <summary>
    /// Stores a reading unless the series already has one of that time. A valid value replaces a reading without value. A reading that
    /// arrived after its time replaces one that arrived before it, because a clock was ahead then; the same value confirms it. The replaced
    /// reading is kept as a conflict if it says otherwise, and so is a value that contradicts the stored one.
    /// </summary>
    StoreOutcome Store(SeriesEntry series, in Reading reading);

    /// <summary>When the logger measured next after <paramref name="afterMs"/>, both in Unix ms; null if it did not.</summary>
    long? NextMeasured(int loggerId, long afterMs);

    /// <summary>To be called after a rollback: the writer forgets what it remembers of the transaction.</summary>
    void RolledBack();
}

/// <summary>The outcome of storing a reading.</summary>
public enum StoreOutcome : byte
{
    /// <summary>It is stored.</summary>
    New,

    /// <summary>It is stored instead of a less credible one, which is kept as a conflict if it says otherwise.</summary>
    Superseding,

    /// <summary>The same reading was stored before.</summary>
    Duplicate,

    /// <summary>Another value of that instant is stored; this one is kept as a conflict.</summary>
    Conflict,
}
