namespace Efento.Portal.Devices.Administration;

/// <summary>What became of a change to several loggers.</summary>
/// <param name="Changed">Those that were changed, as they are now.</param>
/// <param name="Meanwhile">The serials of those left alone, since somebody else had changed them after they were looked at.</param>
public sealed record BulkOutcome(IReadOnlyList<Seen> Changed, IReadOnlyList<string> Meanwhile);
