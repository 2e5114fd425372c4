using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about gateways and their messages.</summary>
internal static class GatewayWords
{
    private const double Mega = 1024 * 1024;
    private const int FewestOfALoop = 3;
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    /// <summary>When the gateway becomes offline, and whether maintenance explains that.</summary>
    public static Freshness FreshnessOf(GatewayOverview gateway, MaintenanceWindow? maintenance)
    {
        var offlineFrom = gateway.State.OfflineFromUtc;
        return new Freshness(null, null, offlineFrom) { IsInMaintenance = offlineFrom > maintenance?.FromUtc };
    }

    /// <summary>The urgency of a gateway's state; 0 is the most urgent.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="isLooping">Whether it sends the same message repeatedly.</param>
    /// <param name="now">The present time.</param>
    public static int TroubleOf(GatewayOverview gateway, bool isLooping, DateTimeOffset now) => gateway switch
    {
        { State.OfflineFromUtc: null } => 0,
        _ when gateway.State.OfflineFromUtc < now => 0,
        { Stuck: not null } => 1,
        _ when isLooping => 2,
        { IsOnBattery: true } => 3,
        _ when WasRestarted(gateway, now) => 4,
        _ => 5,
    };

    /// <summary>Whether the gateway restarted within the last day.</summary>
    public static bool WasRestarted(GatewayOverview gateway, DateTimeOffset now) => now - gateway.RestartedUtc < Recently;

    /// <summary>The power status in words.</summary>
    public static string Power(string? power) => power?.Trim().ToUpperInvariant().Replace(' ', '_') switch
    {
        null or "" => ShownReading.None,
        "FULLY_CHARGED" => DeviceText.MainsFull,
        "CHARGING" => DeviceText.MainsCharging,
        "UNPLUGGED" => DeviceText.OnBattery,
        _ => power,
    };

    /// <summary>A span in its two largest units.</summary>
    public static string Span(long? seconds) => seconds switch
    {
        null => ShownReading.None,
        < 60 => DeviceText.Seconds(seconds),
        < 3600 => DeviceText.Minutes(seconds / 60),
        < 86400 => seconds.Value / 60 % 60 is > 0 and var minutes
            ? DeviceText.HoursMinutes(seconds / 3600, minutes)
            : DeviceText.Hours(seconds / 3600),
        _ => seconds.Value / 3600 % 24 is > 0 and var hours
            ? DeviceText.DaysHours(seconds / 86400, hours)
            : DeviceText.Days(seconds / 86400),
    };

    /// <summary>A size in MB, or kB and bytes for small ones.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= (long)Mega => DeviceText.Megabytes((bytes / Mega).ToString("0.#", CultureInfo.CurrentCulture)),
        >= 1024 => DeviceText.Kilobytes(bytes / 1024),
        _ => DeviceText.Bytes(bytes),
    };

    /// <summary>Explains why no data comes from a gateway that is stuck with a message that is too large.</summary>
    public static string Stuck(StuckMessage stuck, long limit) => stuck switch
    {
        { IsOfToken: true } when stuck.Bytes > limit => DeviceText.StuckOfToken(Size(stuck.Bytes), Size(limit), DeviceText.StuckRemedy),
        { IsOfToken: true } => DeviceText.WasStuckOfToken(Size(stuck.Bytes), Size(limit)),
        _ when stuck.Bytes > limit => DeviceText.Stuck(Size(stuck.Bytes), Size(limit), DeviceText.StuckRemedy),
        _ => DeviceText.WasStuck(Size(stuck.Bytes), Size(limit)),
    };

    /// <summary>Explains why a gateway's messages are refused, and what to do.</summary>
    public static string Remedy(TokenVerdict reason, string? path) => reason switch
    {
        TokenVerdict.WrongPath => DeviceText.RemedyPath(path ?? ShownReading.None),
        TokenVerdict.Malformed => DeviceText.RemedyMalformed,
        TokenVerdict.TooSlow => DeviceText.RemedySlow,
        TokenVerdict.Missing => DeviceText.TokenMissing,
        TokenVerdict.Revoked => DeviceText.TokenRevoked,
        _ => DeviceText.TokenWrong,
    };

    /// <summary>The HTTP status of a refusal.</summary>
    public static int RefusalAnswer(TokenVerdict reason) => reason switch
    {
        TokenVerdict.WrongPath => StatusCodes.Status404NotFound,
        TokenVerdict.Malformed => StatusCodes.Status400BadRequest,
        TokenVerdict.TooSlow => StatusCodes.Status408RequestTimeout,
        _ => StatusCodes.Status401Unauthorized,
    };

    /// <summary>Why a message was refused, and its path if that matters.</summary>
    public static string Refused(RecentRefusal refusal) =>
        refusal.Path is { } path
            ? DeviceText.RefusedAt(Refused(refusal.Reason, refusal.Header), path)
            : Refused(refusal.Reason, refusal.Header);

    private static string Refused(TokenVerdict reason, string? header) => reason switch
    {
        TokenVerdict.WrongPath => DeviceText.RefusedPath,
        TokenVerdict.Malformed => DeviceText.RefusedMalformed,
        TokenVerdict.TooSlow => DeviceText.RefusedSlow,
        TokenVerdict.Missing => DeviceText.RefusedMissing,
        TokenVerdict.PlainHttp => DeviceText.RefusedPlainHttp,
        TokenVerdict.Revoked => DeviceText.RefusedRevoked,
        TokenVerdict.Expired => DeviceText.RefusedExpired,
        TokenVerdict.HeaderMissing => DeviceText.RefusedHeaderMissing(header),
        TokenVerdict.HeaderWrong => DeviceText.RefusedHeaderWrong(header),
        TokenVerdict.WrongNetwork => DeviceText.RefusedNetwork,
        TokenVerdict.WrongGateway => DeviceText.RefusedGateway,
        _ => DeviceText.RefusedUnknown,
    };

    /// <summary>The kind of a message.</summary>
    public static string Kind(LedgerLine line) => line.IsHeartbeat ? DeviceText.Heartbeat : DeviceText.Measurements;

    /// <summary>
    /// Explains a message that comes repeatedly and what to do; null if it came only a few times, as after a lost response.
    /// </summary>
    public static string? Loop(LedgerEntry entry)
    {
        var last = entry.Last;
        if (entry.Count < FewestOfALoop || last.IsHeartbeat)
        {
            return null;
        }

        return last switch
        {
            { Answer: StatusCodes.Status413PayloadTooLarge } => DeviceText.LoopTooLarge(Size(last.Bytes)),
            { Quarantined: > 0, New: 0 } => DeviceText.LoopQuarantined,
            { Answer: StatusCodes.Status201Created, New: 0 } => DeviceText.LoopKnown,
            _ => null,
        };
    }

    /// <summary>The result of a message in words; empty if it has no records.</summary>
    public static string Outcome(LedgerLine line)
    {
        List<string> parts = [];
        Add(line.New, count => DeviceText.New(count));
        Add(line.Duplicate, count => DeviceText.Known(count));
        Add(line.Conflicting, count => DeviceText.Conflicting(count));
        Add(line.Quarantined, count => DeviceText.Quarantined(count));
        Add(line.Ignored, DeviceText.Ignored);
        return string.Join(", ", parts);

        void Add(int count, Func<long, string> what)
        {
            if (count > 0)
            {
                parts.Add(what(count));
            }
        }
    }

    /// <summary>The meaning of a response for the gateway.</summary>
    public static string Answer(int status) => status switch
    {
        StatusCodes.Status201Created => DeviceText.Stored,
        StatusCodes.Status413PayloadTooLarge => DeviceText.TooLarge,
        0 => DeviceText.StoredInPart,
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
