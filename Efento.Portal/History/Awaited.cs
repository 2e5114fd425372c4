using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// How long the next reading of a logger may take. Readings that a gateway delivers by the hour are not missing in between, so the newest
/// value is followed by no gap before the logger is late. This holds only for channels that came with the logger's newest record.
/// </summary>
/// <param name="NewestMs">When its newest record was measured, Unix ms.</param>
/// <param name="LateMs">When the next record becomes late, Unix ms.</param>
internal sealed record Awaited(long NewestMs, long LateMs)
{
    /// <summary>What is awaited of a logger; null if it is not synchronised, was never heard, or promises nothing.</summary>
    public static Awaited? Of(LoggerDirectory loggers, int loggerId) =>
        loggers.TryGet(loggerId, out var logger) && logger is { Synchronise: true, LastContact: { } contact }
        && LoggerFreshness.Of(contact, logger.Rhythm).LateUtc is { } late
            ? new Awaited(contact.MeasuredAtMs, late.ToUnixTimeMilliseconds())
            : null;

    /// <summary>
    /// Whether the reading that follows one measured at <paramref name="lastMs"/> may still come at <paramref name="atMs"/> (Unix ms).
    /// </summary>
    public bool Holds(long lastMs, long atMs) => lastMs >= NewestMs && atMs < LateMs;
}
