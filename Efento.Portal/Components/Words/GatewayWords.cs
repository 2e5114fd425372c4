using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Components.Words;

/// <summary>Gateways and their messages as people read them.</summary>
public static class GatewayWords
{
    private const double Mega = 1024 * 1024;
    private const int FewestOfALoop = 3;
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    /// <summary>From when on it is offline, and whether a maintenance explains that.</summary>
    public static Freshness FreshnessOf(GatewayOverview gateway, MaintenanceWindow? maintenance)
    {
        var offlineFrom = gateway.State.OfflineFromUtc;
        return new Freshness(null, null, offlineFrom) { IsInMaintenance = offlineFrom > maintenance?.FromUtc };
    }

    /// <summary>How bad it is, the worst first; 0 is the worst.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="isLooping">Whether it sends the same again and again.</param>
    /// <param name="now">The time asked for.</param>
    public static int TroubleOf(GatewayOverview gateway, bool isLooping, DateTimeOffset now) => gateway switch
    {
        { State.OfflineFromUtc: null } => 0,
        _ when gateway.State.OfflineFromUtc < now => 0,
        { Stuck: not null } => 1,
        _ when isLooping => 2,
        _ when IsOnBattery(gateway.Power) => 3,
        _ when WasRestarted(gateway, now) => 4,
        _ => 5,
    };

    /// <summary>Whether it was restarted within the last day.</summary>
    public static bool WasRestarted(GatewayOverview gateway, DateTimeOffset now) => now - gateway.RestartedUtc < Recently;

    /// <summary>A power status as sent; the vendor's words in ours.</summary>
    public static string Power(string? power) => power?.Trim().ToUpperInvariant().Replace(' ', '_') switch
    {
        null or "" => ShownReading.None,
        "FULLY_CHARGED" => DeviceText.MainsFull,
        "CHARGING" => DeviceText.MainsCharging,
        "UNPLUGGED" => DeviceText.OnBattery,
        _ => power,
    };

    /// <summary>Whether it runs on its battery, which lasts some hours.</summary>
    public static bool IsOnBattery(string? power) => "UNPLUGGED".Equals(power?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A span in its two largest units.</summary>
    public static string Span(long? seconds) => seconds switch
    {
        null => ShownReading.None,
        < 60 => DeviceText.Seconds(seconds),
        < 3600 => DeviceText.Minutes(seconds / 60),
        < 86400 => seconds.Value / 60 % 60 is > 0 and var minutes ? DeviceText.HoursMinutes(seconds / 3600, minutes) : DeviceText.Hours(seconds / 3600),
        _ => seconds.Value / 3600 % 24 is > 0 and var hours ? DeviceText.DaysHours(seconds / 86400, hours) : DeviceText.Days(seconds / 86400),
    };

    /// <summary>A size in MB, or kB and bytes for small ones.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= (long)Mega => DeviceText.Megabytes((bytes / Mega).ToString("0.#", CultureInfo.CurrentCulture)),
        >= 1024 => DeviceText.Kilobytes(bytes / 1024),
        _ => DeviceText.Bytes(bytes),
    };

    /// <summary>Why nothing comes through a gateway that waits for a message too large to be answered.</summary>
    public static string Stuck(StuckMessage stuck, long limit) => stuck switch
    {
        { IsOfToken: true } when stuck.Bytes > limit => DeviceText.StuckOfToken(Size(stuck.Bytes), Size(limit), DeviceText.StuckRemedy),
        { IsOfToken: true } => DeviceText.WasStuckOfToken(Size(stuck.Bytes), Size(limit)),
        _ when stuck.Bytes > limit => DeviceText.Stuck(Size(stuck.Bytes), Size(limit), DeviceText.StuckRemedy),
        _ => DeviceText.WasStuck(Size(stuck.Bytes), Size(limit)),
    };

    /// <summary>What is wrong where a gateway's messages are refused, and what helps.</summary>
    public static string Remedy(TokenVerdict reason, string? path) => reason switch
    {
        TokenVerdict.WrongPath => DeviceText.RemedyPath(path ?? ShownReading.None),
        TokenVerdict.Malformed => DeviceText.RemedyMalformed,
        TokenVerdict.TooSlow => DeviceText.RemedySlow,
        TokenVerdict.Missing => DeviceText.TokenMissing,
        TokenVerdict.Revoked => DeviceText.TokenRevoked,
        _ => DeviceText.TokenWrong,
    };

    /// <summary>What a refused message was answered.</summary>
    public static int RefusalAnswer(TokenVerdict reason) => reason switch
    {
        TokenVerdict.WrongPath => StatusCodes.Status404NotFound,
        TokenVerdict.Malformed => StatusCodes.Status400BadRequest,
        TokenVerdict.TooSlow => StatusCodes.Status408RequestTimeout,
        _ => StatusCodes.Status401Unauthorized,
    };

    /// <summary>What was wrong with what a sender sent, and where it went if that matters.</summary>
    public static string Refused(RecentRefusal refusal) =>
        refusal.Path is { } path ? DeviceText.RefusedAt(Refused(refusal.Reason, refusal.Header), path) : Refused(refusal.Reason, refusal.Header);

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

    /// <summary>What sort of message it was.</summary>
    public static string Kind(LedgerLine line) => line.IsHeartbeat ? DeviceText.Heartbeat : DeviceText.Measurements;

    /// <summary>What a message that comes again and again means and what helps; null if it comes once or a few times, as after a lost answer.</summary>
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

    /// <summary>What a message brought, in words; empty if it held no record.</summary>
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

    /// <summary>What the answer of a message means to its gateway.</summary>
    public static string Answer(int status) => status switch
    {
        StatusCodes.Status201Created => DeviceText.Stored,
        StatusCodes.Status413PayloadTooLarge => DeviceText.TooLarge,
        0 => DeviceText.StoredInPart,
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
