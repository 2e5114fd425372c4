using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Live;
using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// What a user may see. Every query takes a scope, so no query can forget to limit its result. A scope follows changes: when a point is
/// moved to another location, it counts at once. A limited user sees what a logger measured since it came to its present point.
/// </summary>
public sealed class SiteScope
{
    private readonly LocationLimit? _limit;
    private readonly LocationDirectory? _locations;

    private SiteScope(LocationLimit? limit, LocationDirectory? locations) => (_limit, _locations) = (limit, locations);

    /// <summary>Everything. For the portal itself, and for users without a limit.</summary>
    public static SiteScope Everything { get; } = new(null, null);

    /// <summary>Whether it is less than everything.</summary>
    public bool IsLimited => _limit is not null;

    /// <summary>The limit as it is stored, which is the same for everybody who sees the same; null if everything is seen.</summary>
    internal string? Limit => _limit?.Kept;

    /// <summary>
    /// The keys of the feed that announce a change of how visible loggers stand: one for all loggers, or one for each, and that of
    /// rules.
    /// </summary>
    public IEnumerable<LiveKey> LoggerKeys =>
    [
        .. _limit is null
            ? [new LiveKey(LiveTopic.Logger)]
            : _locations!.LoggersWithin(_limit.Ids).Order().Select(id => new LiveKey(LiveTopic.Logger, id)),
        new LiveKey(LiveTopic.Rules),
    ];

    /// <summary>Whether the user may see a logger.</summary>
    public bool SeesLogger(int loggerId) => _limit is null || SeesLocation(_locations!.Find(loggerId)?.LocationId);

    /// <summary>Whether the user may see what lies in a location; null stands for what lies in none.</summary>
    public bool SeesLocation(int? locationId) => _limit is null || _locations!.Tree.IsWithin(locationId, _limit.Ids);

    /// <summary>
    /// The time from which the user may see a logger's measurements: the beginning of time if all are visible, the end of time if the
    /// logger is not.
    /// </summary>
    public DateTimeOffset SinceUtc(int loggerId) =>
        _limit is null ? DateTimeOffset.MinValue
        : SeesLogger(loggerId) && _locations!.Find(loggerId) is { } placed ? placed.FromUtc
        : DateTimeOffset.MaxValue;

    /// <summary>The gateways that hear a logger, as far as the user may see them.</summary>
    internal IEnumerable<LoggerContact> Through(LoggerEntry logger, ReceiptTimes receipts)
    {
        var sinceMs = _limit is null ? long.MinValue : SinceUtc(logger.Id).ToUnixTimeMilliseconds();
        return logger.Gateways.Now(receipts).Where(c => c.MeasuredAtMs >= sinceMs);
    }

    /// <summary>The scope of a limit; null allows everything.</summary>
    internal static SiteScope Of(LocationLimit? limit, LocationDirectory locations) => limit is null ? Everything : new(limit, locations);
}

/// <summary>Makes the scopes of users and programs.</summary>
public sealed class SiteScopes(LocationDirectory locations)
{
    /// <summary>What a user or program may see now.</summary>
    public SiteScope Of(ClaimsPrincipal person) => SiteScope.Of(LocationLimit.Of(person), locations);
}
