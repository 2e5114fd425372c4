using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>Signal strength and battery of the loggers of a measuring point in a range.</summary>
/// <param name="Signal">The signal strength in dBm, with breaks at the point's gaps.</param>
/// <param name="Battery">When the battery was in order (0) or low (1). Times for which the logger reported neither are left out.</param>
/// <param name="StepMs">The time that one point of the signal stands for, in ms.</param>
internal sealed record DeviceHistory(IReadOnlyList<BandPoint> Signal, IReadOnlyList<StateStretch> Battery, long StepMs);
