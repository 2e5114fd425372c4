namespace Efento.Portal.Streaming;

/// <summary>Everything somebody may see.</summary>
/// <param name="At">The portal's time.</param>
/// <param name="Version">Another one after an update of the portal: its pages load themselves anew then.</param>
/// <param name="Points">Every point, by name.</param>
public sealed record LiveSnapshot(DateTimeOffset At, string Version, IReadOnlyList<LivePoint> Points);

/// <summary>What changed.</summary>
/// <param name="At">The portal's time.</param>
/// <param name="Points">Points that are new or other than before, in full.</param>
/// <param name="Removed">Serials of those that are not to be seen any more.</param>
public sealed record LiveChange(DateTimeOffset At, IReadOnlyList<LivePoint> Points, IReadOnlyList<string> Removed);
