using Efento.Portal.Devices;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// How long a logger's next reading may take: what a gateway delivers by the hour is not missing in between. Of a channel that came with the logger's newest
/// record nothing is missing before the logger is late.
/// </summary>
/// <param name="NewestMs">When its newest record was measured, Unix ms.</param>
/// <param name="LateMs">From here on the next one is late.</param>
internal sealed record Awaited(long NewestMs, long LateMs)
{
    /// <summary>What is awaited of a logger; null if nothing is.</summary>
    public static Awaited? Of(LoggerDirectory loggers, int loggerId) =>
        loggers.TryGet(loggerId, out var logger) && logger is { Synchronise: true, LastContact: { } contact }
        && LoggerFreshness.Of(contact, logger.Rhythm).LateUtc is { } late
            ? new Awaited(contact.MeasuredAtMs, late.ToUnixTimeMilliseconds())
            : null;

    /// <summary>Whether the next reading after one measured then may still come at a time; both in Unix ms.</summary>
    public bool Holds(long lastMs, long atMs) => lastMs >= NewestMs && atMs < LateMs;
}
