using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Live;
using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// What somebody may see. Each query takes one, so that none can be asked without saying for whom; it follows what is moved to and fro
/// meanwhile. Of a logger somebody limited sees what it measured since it came to where it is.
/// </summary>
public sealed class SiteScope
{
    private readonly LocationLimit? _limit;
    private readonly LocationDirectory? _locations;

    private SiteScope(LocationLimit? limit, LocationDirectory? locations) => (_limit, _locations) = (limit, locations);

    /// <summary>Everything: for the portal itself and whoever is not limited.</summary>
    public static SiteScope Everything { get; } = new(null, null);

    /// <summary>Whether it is less than everything.</summary>
    public bool IsLimited => _limit is not null;

    /// <summary>What tells that something visible was measured: one key for all, or one for each.</summary>
    public IEnumerable<LiveKey> LoggerKeys =>
        _limit is null ? [new LiveKey(LiveTopic.Logger)] : _locations!.LoggersWithin(_limit.Ids).Order().Select(id => new LiveKey(LiveTopic.Logger, id));

    /// <summary>Whether a logger is seen.</summary>
    public bool SeesLogger(int loggerId) => _limit is null || SeesLocation(_locations!.Find(loggerId)?.LocationId);

    /// <summary>Whether what lies in a location is seen; null for what lies in none.</summary>
    public bool SeesLocation(int? locationId) => _limit is null || _locations!.Tree.IsWithin(locationId, _limit.Ids);

    /// <summary>From when on what a logger measured is seen; the beginning of time if all is. A logger that is not seen never measured.</summary>
    public DateTimeOffset SinceUtc(int loggerId) =>
        _limit is null ? DateTimeOffset.MinValue
        : SeesLogger(loggerId) && _locations!.Find(loggerId) is { } placed ? placed.FromUtc
        : DateTimeOffset.MaxValue;

    /// <summary>Through which gateways a logger is heard, as far as that is seen.</summary>
    internal IEnumerable<LoggerContact> Through(LoggerEntry logger, ReceiptTimes receipts)
    {
        var sinceMs = _limit is null ? long.MinValue : SinceUtc(logger.Id).ToUnixTimeMilliseconds();
        return logger.Gateways.Now(receipts).Where(c => c.MeasuredAtMs >= sinceMs);
    }

    /// <summary>What a limit allows; null allows everything.</summary>
    internal static SiteScope Of(LocationLimit? limit, LocationDirectory locations) => limit is null ? Everything : new(limit, locations);
}

/// <summary>What people and programs may see.</summary>
public sealed class SiteScopes(LocationDirectory locations)
{
    /// <summary>What whoever asks may see now.</summary>
    public SiteScope Of(ClaimsPrincipal person) => SiteScope.Of(LocationLimit.Of(person), locations);
}
