using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>What loggers reported about themselves. Times are Unix ms.</summary>
internal interface IDeviceRows : IDisposable
{
    /// <summary>
    /// Adds the signals (dBm) of the readings of a series in a range, in order. One point stands for <paramref name="stepMs"/>, counted
    /// from <paramref name="originMs"/>.
    /// </summary>
    void ReadSignals(SeriesEntry series, Stretch range, long originMs, long stepMs, List<BandPoint> into);

    /// <summary>
    /// The battery states of a logger in a range, each with its begin; null if the logger did not report any. The first is the state in
    /// force when the range begins.
    /// </summary>
    List<(long FromMs, bool? IsLow)> ReadBattery(int loggerId, Stretch range);
}
