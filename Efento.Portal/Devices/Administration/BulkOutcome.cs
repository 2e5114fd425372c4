namespace Efento.Portal.Devices.Administration;

/// <summary>The outcome of a change to several loggers.</summary>
/// <param name="Changed">Those that were changed, as they are now.</param>
/// <param name="Meanwhile">The serials of those left unchanged, because somebody else had changed them in the meantime.</param>
internal sealed record BulkOutcome(IReadOnlyList<Seen> Changed, IReadOnlyList<string> Meanwhile);
