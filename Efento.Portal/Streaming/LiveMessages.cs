namespace Efento.Portal.Streaming;

/// <summary>Everything that the listener may see.</summary>
/// <param name="At">The portal's time.</param>
/// <param name="Version">The version of the portal. When it differs after an update, the portal's own pages reload themselves.</param>
/// <param name="Points">Every point, by name.</param>
public sealed record LiveSnapshot(DateTimeOffset At, string Version, IReadOnlyList<LivePoint> Points);

/// <summary>What changed.</summary>
/// <param name="At">The portal's time.</param>
/// <param name="Points">Points that are new or changed, in full.</param>
/// <param name="Removed">Serials of points that the listener can no longer see.</param>
public sealed record LiveChange(DateTimeOffset At, IReadOnlyList<LivePoint> Points, IReadOnlyList<string> Removed);
