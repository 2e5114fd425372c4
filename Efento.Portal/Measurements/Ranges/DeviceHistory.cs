namespace Efento.Portal.Measurements.Ranges;

/// <summary>How the loggers of a measuring point fared in a range.</summary>
/// <param name="Signal">The signal strength in dBm, broken where the point has gaps.</param>
/// <param name="Battery">When the battery was in order (0) or low (1); nothing where the logger says nothing of it.</param>
/// <param name="StepMs">How much time a point of the signal stands for, in ms.</param>
public sealed record DeviceHistory(IReadOnlyList<BandPoint> Signal, IReadOnlyList<StateStretch> Battery, long StepMs);
