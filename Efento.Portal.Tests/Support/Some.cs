using System.Globalization;
using System.Text.Json;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Support;

/// <summary>Bodies as gateways send them.</summary>
public static class Some
{
    private static int _serials;

    /// <summary>Where clocks of tests begin: an ordinary day, no night on which clocks change, whatever day the tests run on.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 6, 17, 9, 14, 5, TimeSpan.Zero);

    /// <summary>A logger's serial no other test uses.</summary>
    public static string Serial() => $"282C{Interlocked.Increment(ref _serials):X8}";

    /// <summary>A time in the gateway's form.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The present to the second, as loggers measure.</summary>
    public static DateTimeOffset Now(TimeProvider? time = null)
    {
        var now = (time ?? TimeProvider.System).GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }

    /// <summary>A body of these records.</summary>
    public static string Body(params IEnumerable<string> records) => $$"""{"measurements":[{{string.Join(',', records)}}]}""";

    /// <summary>A record with one temperature.</summary>
    public static string Record(string serial, DateTimeOffset measuredAt, double value = 21.5, int? handle = null) =>
        Record(serial, measuredAt, handle, Param(value));

    /// <summary>A record of these params.</summary>
    public static string Record(string serial, DateTimeOffset measuredAt, int? handle, params IEnumerable<string> parameters) =>
        Record(serial, measuredAt, handle, 180, "ok", parameters);

    /// <summary>A record of these params of a logger with this interval, in seconds, and battery.</summary>
    public static string Record(
        string serial, DateTimeOffset measuredAt, int? handle, int interval, string battery, params IEnumerable<string> parameters)
    {
        var handleField = handle is { } number ? $"\"response_handle\":{number}," : "";
        return $$"""
            {"serial":"{{serial}}",{{handleField}}"battery":"{{battery}}","signal":-70,"measured_at":"{{Time(measuredAt)}}","measurement_interval":{{interval}},
            "next_measurement_at":"{{Time(measuredAt.AddSeconds(interval))}}","params":[{{string.Join(',', parameters)}}]}
            """;
    }

    /// <summary>A channel of a record.</summary>
    public static string Param(double value, int channel = 1, string type = "temperature") =>
        $$"""{"channel":{{channel}},"type":"{{type}}","value":{{value.ToString("R", CultureInfo.InvariantCulture)}}}""";

    /// <summary>A channel of a record that has a status, and a value only if there is one.</summary>
    public static string Param(double? value, string status, int channel = 1, string type = "temperature") =>
        $$"""{"channel":{{channel}},"type":"{{type}}","value":{{(value is { } v ? v.ToString("R", CultureInfo.InvariantCulture) : "null")}},"status":"{{status}}"}""";

    /// <summary>A heartbeat.</summary>
    public static string Heartbeat(
        string? serial, long uptimeSeconds = 3600, string version = "5.10.2", int loggers = 2, string power = "FULLY_CHARGED") =>
        JsonSerializer.Serialize(
            new { serial, software_version = version, uptime = uptimeSeconds, loggers, power, battery = 100 },
            new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull });

    /// <summary>A logger as pages see it that measured 4.5 °C then, with this interval in seconds; 0 if it names none.</summary>
    public static LoggerOverview Overview(DateTimeOffset measuredAt, int intervalSeconds)
    {
        var measuredAtMs = measuredAt.ToUnixTimeMilliseconds();
        return new()
        {
            Id = 1,
            Serial = "282C024FFFB2",
            PointName = "Fridge",
            Approval = LoggerApproval.Accepted,
            Synchronise = true,
            FirstSeenUtc = measuredAt.AddDays(-1),
            Freshness = LoggerFreshness.Of(new LoggerContact(measuredAtMs, intervalSeconds, 0, null, null, 0, null), null),
            Series =
            [
                new SeriesOverview(
                    1, 1, MeasurementTypes.Get("temperature"), new Reading(measuredAtMs, 4.5, ReadingStatus.Valid, ReadingFlags.None, 0))
            ],
        };
    }
}
