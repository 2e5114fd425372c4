using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Judging;

/// <summary>A channel of a measuring point. It stays the same when the logger is replaced.</summary>
/// <param name="PointId">The point.</param>
/// <param name="Channel">The channel.</param>
/// <param name="TypeKey">The type (<see cref="MeasurementType.Key"/>).</param>
internal readonly record struct ChannelKey(int PointId, byte Channel, string TypeKey);
