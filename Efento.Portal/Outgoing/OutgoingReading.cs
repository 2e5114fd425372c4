using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing;

/// <summary>A reading with what a program that keeps no list of loggers needs to know.</summary>
/// <param name="Serial">The serial number of the logger.</param>
/// <param name="Point">The point at which it was measured; null if there is none.</param>
/// <param name="Reading">The reading as the read API returns it.</param>
/// <param name="IsNewest">Whether its series has no newer one.</param>
internal sealed record OutgoingReading(string Serial, OutgoingPoint? Point, ReadingItem Reading, bool IsNewest);

/// <summary>A measuring point.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it lies; null if nobody said.</param>
internal sealed record OutgoingPoint(int Id, string Name, string? Place);
