using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>What a channel of a measuring point measures, as Home Assistant is to know it.</summary>
/// <param name="Point">The point.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Type">What is measured.</param>
/// <param name="IsOneOfSeveral">Whether another channel of the point measures the same.</param>
internal sealed record HomeAssistantSeries(OutgoingPoint Point, byte Channel, MeasurementType Type, bool IsOneOfSeveral);
