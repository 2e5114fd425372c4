using System.Text;
using System.Text.RegularExpressions;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Bodies to read, and reading them.</summary>
internal static class Bodies
{
    private static readonly Regex Keys = new("\"[a-z_]+\"(?=:)");

    public const string Serial = "282C024FFFB2";
    public const string MeasuredAt = "2018-10-12 15:28:21";
    public const long MeasuredAtMs = 1_539_358_101_000;

    /// <summary>The example of the manual: two loggers, numbers and words.</summary>
    public const string Manual = """
        {"measurements":[
         {"serial":"282C024FFFB2","response_handle":2,"battery":"ok","signal":-70,
          "measured_at":"2018-10-12 15:28:21","measurement_interval":180,"next_measurement_at":"2018-10-12 18:58:21",
          "params":[{"channel":1,"type":"temperature","value":12},{"channel":2,"type":"humidity","value":51}]},
         {"serial":"282C024FFFB4","response_handle":4,"battery":"ok","signal":-70,
          "measured_at":"2018-10-12 15:28:21","measurement_interval":180,"next_measurement_at":"2018-10-12 16:28:21",
          "params":[{"channel":1,"type":"open-close","value":"open"},{"channel":2,"type":"open-close","value":"closed"}]}]}
        """;

    public static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);

    public static ParsedMessage Read(string json) => PayloadReader.Read(Utf8(json));

    /// <summary>A body of these records.</summary>
    public static string Of(params string[] records) => $$"""{"measurements":[{{string.Join(',', records)}}]}""";

    /// <summary>A good record with these further fields, which may repeat its own.</summary>
    public static string Record(string fields) => $$"""{"serial":"{{Serial}}","measured_at":"{{MeasuredAt}}",{{fields}}}""";

    /// <summary>A body with one good record of these params.</summary>
    public static string WithParams(params string[] all) => Of(Record($$"""  "params":[{{string.Join(',', all)}}]"""));

    /// <summary>A body whose one param is a temperature on channel 1 with these further fields.</summary>
    public static string WithParam(string fields) => WithParams($$"""{"channel":1,"type":"temperature",{{fields}}}""");

    public static ParsedRecord ReadRecord(string fields) => Assert.Single(Read(Of(Record(fields))).Records);

    public static ParsedParam ReadParam(string fields) => Assert.Single(Read(WithParam(fields)).Params);

    public static Reject ReadReject(string json) => Assert.Single(Read(json).Rejects);

    /// <summary>The part of a body a reject points at.</summary>
    public static string Cut(string json, Reject reject) => Cut(json, reject.Offset, reject.Length);

    public static string Cut(string json, int offset, int length) => Encoding.UTF8.GetString(Utf8(json), offset, length);

    /// <summary>The same body with its keys in upper case.</summary>
    public static string InUpperKeys(string json) => Keys.Replace(json, key => key.Value.ToUpperInvariant());

    /// <summary>A record without its place in the body.</summary>
    public static object Content(ParsedRecord r) =>
        (r.Serial, r.MeasuredAtMs, r.NextMeasurementAtMs, r.IntervalSeconds, r.Signal, r.BatteryLow, r.FirstParam, r.ParamCount);

    /// <summary>A param without its place in the body.</summary>
    public static object Content(ParsedParam p) => (p.Channel, p.Type.Name, p.Value, p.Status, p.Flags);
}
