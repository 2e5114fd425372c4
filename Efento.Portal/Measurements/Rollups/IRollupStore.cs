using System.Data.Common;

namespace Efento.Portal.Measurements.Rollups;

/// <summary>Stores rollups.</summary>
internal interface IRollupStore
{
    /// <summary>
    /// Creates a writer on the writing connection, for the current turn at the write gate. It is valid as long as the connection.
    /// </summary>
    IRollupWriter CreateWriter(DbConnection connection);
}

/// <summary>Creates rollups in the current turn at the write gate.</summary>
internal interface IRollupWriter : IDisposable
{
    /// <summary>Computes hours of a day of a series again, and then the day.</summary>
    /// <param name="series">The series.</param>
    /// <param name="day">The day.</param>
    /// <param name="hours">The hours, as a bit set (<see cref="Hours.BitsOf"/>).</param>
    void Roll(SeriesEntry series, long day, int hours);

    /// <summary>The hour of the first reading at or after <paramref name="hour"/>; null if there is none.</summary>
    long? FirstHourFrom(long hour);

    /// <summary>The loggers that have readings on a day.</summary>
    IEnumerable<int> LoggersHeardOn(long day);

    /// <summary>The days from <paramref name="first"/> to <paramref name="last"/> on which a logger has readings.</summary>
    IReadOnlyList<long> DaysHeard(int loggerId, long first, long last);

    /// <summary>The hour before which everything is rolled up; null before the first run.</summary>
    long? ReadRolledBefore();

    /// <summary>Stores the hour before which everything is rolled up.</summary>
    void WriteRolledBefore(long hour);
}
