using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>The stored readings and rollups of series. Times are Unix ms.</summary>
internal interface ISegmentRows : IDisposable
{
    /// <summary>
    /// Adds the readings of a series measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>), in measured order.
    /// </summary>
    void ReadReadings(SeriesEntry series, long fromMs, long toMs, SegmentBuffer into);

    /// <summary>Adds the readings of one hour of a series, up to and including <paramref name="untilMs"/>, in measured order.</summary>
    void ReadHour(SeriesEntry series, long hour, long untilMs, SegmentBuffer into);

    /// <summary>Adds the rolled-up hours of a series in [<paramref name="from"/>, <paramref name="to"/>), in order.</summary>
    void ReadHours(SeriesEntry series, long from, long to, SegmentBuffer into);

    /// <summary>Adds the rolled-up days of a series in [<paramref name="from"/>, <paramref name="to"/>), in order.</summary>
    void ReadDays(SeriesEntry series, long from, long to, SegmentBuffer into);

    /// <summary>
    /// The last reading with a value measured in [<paramref name="fromMs"/>, <paramref name="beforeMs"/>); null if there is none.
    /// </summary>
    Rollup? ReadLastReading(SeriesEntry series, long fromMs, long beforeMs);

    /// <summary>
    /// The last value of the rolled-up days before <paramref name="day"/>; null if there is none. Its time of receipt is not known.
    /// </summary>
    Rollup? ReadLastOfDays(SeriesEntry series, long day);

    /// <summary>
    /// The intervals a logger named in a range, each with its begin; empty if it named none. The first is the one in force when the range
    /// begins.
    /// </summary>
    List<NamedInterval> ReadIntervals(int loggerId, long fromMs, long toMs);
}

/// <summary>The measurement interval a logger named.</summary>
/// <param name="FromMs">When it came into force, Unix ms.</param>
/// <param name="IntervalMs">The interval in ms; 0 if it named none.</param>
internal readonly record struct NamedInterval(long FromMs, long IntervalMs);
