using System.Data.Common;

namespace Efento.Portal.Measurements;

/// <summary>Where readings are kept. SQLite today; the seam for PostgreSQL.</summary>
public interface IReadingStore
{
    /// <summary>Statements to write readings on the writing connection; valid as long as the connection is.</summary>
    IReadingWriter CreateWriter(DbConnection connection);

    /// <summary>
    /// The readings of one series measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>) (Unix ms), in measured order,
    /// <paramref name="limit"/> at most.
    /// </summary>
    IReadOnlyList<Reading> Read(int loggerId, int seriesId, long fromMs, long toMs, int limit);

    /// <summary>The latest reading of each series measured up to <paramref name="nowMs"/> (Unix ms); series without one are left out.</summary>
    IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs);

    /// <summary>Every reading measured after <paramref name="nowMs"/> (Unix ms): what loggers with fast clocks sent.</summary>
    IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs);
}

/// <summary>Writes readings within the caller's transaction.</summary>
public interface IReadingWriter : IDisposable
{
    /// <summary>Stores a reading unless the series has one of that time already.</summary>
    StoreOutcome Store(int seriesId, in Reading reading);
}

/// <summary>What became of a reading.</summary>
public enum StoreOutcome : byte
{
    /// <summary>It is stored.</summary>
    New,

    /// <summary>The same reading was there already.</summary>
    Duplicate,

    /// <summary>Another value of that instant stands; this one is kept beside it.</summary>
    Conflict,
}
