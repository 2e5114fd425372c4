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
    private const string Remedy = "Raise Portal:Ingest:MaxBodyBytes; no restart is needed.";

    /// <summary>From when on it is offline, and whether a maintenance explains that.</summary>
    public static Freshness FreshnessOf(GatewayOverview gateway, MaintenanceWindow? maintenance)
    {
        var offlineFrom = gateway.State.OfflineFromUtc;
        return new Freshness(null, null, offlineFrom) { IsInMaintenance = offlineFrom > maintenance?.FromUtc };
    }

    /// <summary>A power status as sent; the vendor's words in ours.</summary>
    public static string Power(string? power) => power?.Trim().ToUpperInvariant().Replace(' ', '_') switch
    {
        null or "" => ShownReading.None,
        "FULLY_CHARGED" => "Mains, battery full",
        "CHARGING" => "Mains, charging",
        "UNPLUGGED" => "On battery",
        _ => power,
    };

    /// <summary>Whether it runs on its battery, which lasts some hours.</summary>
    public static bool IsOnBattery(string? power) => "UNPLUGGED".Equals(power?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A span in its two largest units.</summary>
    public static string Span(long? seconds) => seconds switch
    {
        null => ShownReading.None,
        < 60 => $"{seconds} s",
        < 3600 => $"{seconds / 60} min",
        < 86400 => Both(seconds.Value / 3600, "h", seconds.Value / 60 % 60, "min"),
        _ => Both(seconds.Value / 86400, "d", seconds.Value / 3600 % 24, "h"),
    };

    /// <summary>A size in MB, or kB and bytes for small ones.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= (long)Mega => $"{(bytes / Mega).ToString("0.#", CultureInfo.InvariantCulture)} MB",
        >= 1024 => $"{bytes / 1024} kB",
        _ => $"{bytes} bytes",
    };

    /// <summary>Why nothing comes through a gateway that waits for a message too large to be answered.</summary>
    public static string Stuck(StuckMessage stuck, long limit) => stuck switch
    {
        { IsOfToken: true } when stuck.Bytes > limit =>
            $"One of the gateways with this token is stuck: its next message is larger than the limit ({Size(stuck.Bytes)}, limit {Size(limit)}). {Remedy}",
        { IsOfToken: true } =>
            $"One of the gateways with this token was stuck with a message of {Size(stuck.Bytes)}; the limit is {Size(limit)} now. Waiting for it to send again.",
        _ when stuck.Bytes > limit => $"Stuck: its next message is larger than the limit ({Size(stuck.Bytes)}, limit {Size(limit)}). {Remedy}",
        _ => $"Was stuck with a message of {Size(stuck.Bytes)}; the limit is {Size(limit)} now. Waiting for it to send again.",
    };

    /// <summary>What was wrong with the token of a sender.</summary>
    public static string Refused(TokenVerdict reason) => reason switch
    {
        TokenVerdict.Missing => "sends no token",
        TokenVerdict.Revoked => "sends a token that was revoked",
        _ => "sends a token that was not issued here",
    };

    /// <summary>What sort of message it was. Heartbeats may come to a path of their own, but nothing else is stored without a record.</summary>
    public static string Kind(LedgerLine line) =>
        line is { Answer: StatusCodes.Status201Created, Records: 0, Quarantined: 0 } || line.Route.EndsWith("/heartbeat", StringComparison.OrdinalIgnoreCase)
            ? "Heartbeat"
            : "Measurements";

    /// <summary>What a message brought, in words; empty if it held no record.</summary>
    public static string Outcome(LedgerLine line)
    {
        List<string> parts = [];
        Add(line.New, "new");
        Add(line.Duplicate, "known");
        Add(line.Conflicting, "conflicting");
        Add(line.Quarantined, "quarantined");
        Add(line.Ignored, line.Ignored == 1 ? "record ignored" : "records ignored");
        return string.Join(", ", parts);

        void Add(int count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{count} {what}");
            }
        }
    }

    /// <summary>What the answer of a message means to its gateway.</summary>
    public static string Answer(int status) => status switch
    {
        StatusCodes.Status201Created => "201 stored",
        StatusCodes.Status413PayloadTooLarge => "413 too large",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };

    private static string Both(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
