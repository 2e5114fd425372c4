namespace Efento.Portal.Devices;

/// <summary>
/// What tells whether a logger in use is silent or low on battery, without its values and names. It is made for thousands of loggers every
/// few seconds, so it refers to what memory holds and copies nothing.
/// </summary>
/// <param name="Id">The logger.</param>
/// <param name="PointId">The measuring point.</param>
/// <param name="LocationId">Where the point is; null if it is nowhere.</param>
/// <param name="Contact">The report of its newest record.</param>
/// <param name="ReceivedAtMs">When that was received, Unix ms.</param>
/// <param name="Freshness">Whether it keeps its promise.</param>
/// <param name="Through">The last report through each gateway that hears it; the gateway heard last comes first.</param>
internal readonly record struct HeardLogger(
    int Id, int PointId, int? LocationId, LoggerContact Contact, long ReceivedAtMs, LoggerFreshness Freshness,
    IReadOnlyList<LoggerContact> Through);
