namespace Efento.Portal.Streaming;

/// <summary>What concerns every point of a board.</summary>
/// <param name="IsRefused">Whether gateways are answered 503 although nobody asked for it, so that nothing new is stored.</param>
/// <param name="MaintenanceUntil">Until when maintenance lasts; null if none is on.</param>
/// <param name="Reason">The reason of the maintenance; null if none is given.</param>
/// <param name="Others">How many alarms about gateways or the portal are active and not acknowledged.</param>
public sealed record LiveNotice(bool IsRefused, DateTimeOffset? MaintenanceUntil, string? Reason, int Others);
