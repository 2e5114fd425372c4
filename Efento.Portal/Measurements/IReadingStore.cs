using System.Data.Common;

namespace Efento.Portal.Measurements;

/// <summary>Where readings are kept. SQLite today; the seam for PostgreSQL.</summary>
public interface IReadingStore
{
    /// <summary>Statements to write readings on the writing connection; valid as long as the connection is.</summary>
    IReadingWriter CreateWriter(DbConnection connection);

    /// <summary>
    /// Deletes within the caller's transaction what was measured before <paramref name="beforeMs"/> (Unix ms), to the day (UTC): the
    /// readings, what is kept beside them, and what they were rolled up to.
    /// </summary>
    /// <param name="connection">The writing connection.</param>
    /// <param name="beforeMs">The limit.</param>
    /// <param name="most">At most so many rows of a kind.</param>
    /// <returns>Whether there may be more.</returns>
    bool DeleteBefore(DbConnection connection, long beforeMs, int most);

    /// <summary>When the oldest reading was measured, to the quarter of an hour, Unix ms; null if there is none.</summary>
    /// <param name="connection">The writing connection.</param>
    long? Oldest(DbConnection connection);

    /// <summary>
    /// Adds the samples of one series measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>) (Unix ms) to
    /// <paramref name="samples"/>, in measured order. Error codes are no values.
    /// </summary>
    void Read(int loggerId, int seriesId, long fromMs, long toMs, SampleBuffer samples);

    /// <summary>When a series was last measured before <paramref name="beforeMs"/>; both in Unix ms. Null if it was not.</summary>
    long? LastMeasured(int loggerId, int seriesId, long beforeMs);

    /// <summary>
    /// From the first to the last reading of a series measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>) (Unix ms) that came
    /// with the message <paramref name="firstMessage"/> or a later one; null if there is none.
    /// </summary>
    DelayedStretch? ReadDelayed(int loggerId, int seriesId, long fromMs, long toMs, long firstMessage);

    /// <summary>The last readings of all series of a logger, newest measured first, then by channel and type.</summary>
    IReadOnlyList<(int SeriesId, Reading Reading)> ReadLast(int loggerId, int count);

    /// <summary>A part of the readings of a logger, in measured order or its reverse, then by channel and type.</summary>
    IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page);

    /// <summary>The latest reading of each series measured up to <paramref name="nowMs"/> (Unix ms), those that a clock ahead had measured only if nothing else came
    /// after them; series without one are left out.</summary>
    IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs);

    /// <summary>
    /// The latest reading with a value of each series measured up to <paramref name="nowMs"/> (Unix ms); series without one are left out.
    /// </summary>
    IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs);

    /// <summary>The last <paramref name="count"/> readings of each series measured up to <paramref name="nowMs"/> (Unix ms), newest first.</summary>
    IEnumerable<(SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(IEnumerable<SeriesEntry> series, long nowMs, int count);

    /// <summary>Every reading measured after <paramref name="nowMs"/> (Unix ms): what loggers with fast clocks sent.</summary>
    IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs);
}

/// <summary>Which readings of a logger are wanted.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="Channel">The channel; null for all.</param>
/// <param name="FromMs">Measured from then on, Unix ms.</param>
/// <param name="ToMs">Measured before, Unix ms.</param>
/// <param name="After">The reading they come after; null for the first ones.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="IsNewestFirst">Whether the newest come first; at one instant by channel and type either way.</param>
public readonly record struct ReadingPage(
    int LoggerId, byte? Channel, long FromMs, long ToMs, ReadingPosition? After, int Limit, bool IsNewestFirst = false);

/// <summary>The place of a reading among those of its logger: by time measured, channel and type. It stays while others arrive.</summary>
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
    /// Stores a reading unless the series has one of that time already. A valid value takes the place of one without value, and one that came in
    /// its time that of one that came before it; what it replaces is kept beside it, as is a value that contradicts the one that stands.
    /// </summary>
    StoreOutcome Store(SeriesEntry series, in Reading reading);

    /// <summary>When the logger was next measured after <paramref name="afterMs"/>; both in Unix ms. Null if it was not.</summary>
    long? NextMeasured(int loggerId, long afterMs);

    /// <summary>The transaction was rolled back: what the writer remembers of it is void.</summary>
    void RolledBack();
}

/// <summary>What became of a reading.</summary>
public enum StoreOutcome : byte
{
    /// <summary>It is stored and stands.</summary>
    New,

    /// <summary>It is stored in the place of one that is believed less, which is kept beside it.</summary>
    Superseding,

    /// <summary>The same reading was there already.</summary>
    Duplicate,

    /// <summary>Another value of that instant stands; this one is kept beside it.</summary>
    Conflict,
}
