using System.Globalization;
using System.Text.Json;
using CsCheck;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>What one record of a generated body means, and its spelling.</summary>
internal sealed record SomeRecord(string Serial, long MeasuredAtMs, int? Handle, SomeParam[] Params, string Json);

/// <summary>What one param of a generated body means, and its spelling.</summary>
internal sealed record SomeParam(int Channel, string Type, double? Value, string Json);

/// <summary>Valid bodies in all the spellings the protocol allows, together with what they mean.</summary>
internal static class SomeBody
{
    private static readonly int[] Order = [0, 1, 2, 3, 4, 5];

    private static readonly Gen<string> Spaces = Gen.OneOf("", "", " ", "\n", "\t ");

    private static readonly Gen<string> UnknownField = Gen.OneOf(
        """  "rssi":-70""", """  "meta":{"a":[1,{"serial":"no"}],"b":null}""", """  "Ünïcode":"\u00fc\ud83d\ude00" """,
        """  "lone":"\ud800" """, """  "":[[[]]]""");

    private static readonly Gen<string> Serial = Gen.OneOf(
        Gen.Long[0, 0xFFFF_FFFF_FFFF].Select(n => n.ToString("X12", CultureInfo.InvariantCulture)),
        Gen.Char.AlphaNumeric.Array[1, 64].Select(c => new string(c)).Where(s => s.Length != 12));

    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Int[-40_000, 120_000].Select(tenths => tenths / 10d),
        Gen.Double.Where(double.IsFinite),
        Gen.Long.Select(n => (double)n));

    private static readonly Gen<(double? Value, string Json)> Value = Gen.OneOf(
        Gen.Select(Number, Gen.Bool, (n, quoted) => ((double?)n, quoted ? $"\"{Text(n)}\"" : Text(n))),
        Gen.Const<(double?, string)>((null, "null")));

    private static readonly Gen<(double? Value, string Json)> Word = Gen.OneOf<(double?, string)>(
        (1, "\"open\""), (0, "\"closed\""), (1, "\"Alarm\""), (0, "\"OK\""), (1, "true"), (0, "false"), (1, "\"water_detected\""));

    private static readonly Gen<(string Type, (double? Value, string Json) Value)> Measured = Gen.OneOf(
        Gen.Select(Gen.OneOf("temperature", "humidity", "open-close", "pulse_cnt_acc", "brand_new_type"), Value),
        Gen.Select(Gen.OneOf("open-close", "flooding", "brand_new_type"), Word));

    private static readonly Gen<SomeParam> Param = Gen.Select(
        Gen.Int[1, 255],
        Measured,
        UnknownField,
        Gen.Bool,
        Gen.Shuffle(Order[..4]),
        Spaces,
        (channel, measured, unknown, quoted, order, space) => new SomeParam(
            channel,
            measured.Type,
            measured.Value.Value,
            Object(
                [quoted ? $"\"channel\":\"{channel}\"" : $"\"channel\":{channel}", $"\"type\":\"{measured.Type}\"", $"\"value\":{measured.Value.Json}", unknown], order, space)));

    private static readonly Gen<SomeRecord> Record = Gen.Select(
        Serial,
        Gen.Long[1_420_070_400_000, 4_102_444_799_999].Select(ms => ms / 1_000 * 1_000),
        Gen.Int[0, 5],
        Gen.Int.Nullable(),
        Param.Array[0, 6],
        Gen.Select(UnknownField, Gen.Shuffle(Order)),
        Gen.Select(Spaces, Gen.Bool),
        (serial, ms, form, handle, all, odd, look) => new SomeRecord(
            serial,
            ms,
            handle,
            all,
            Object(
                [
                    $"\"serial\":{JsonSerializer.Serialize(look.Item2 && serial.Length == 12 ? serial.ToLowerInvariant() : serial)}",
                    $"\"measured_at\":{Time(ms, form)}",
                    $"\"params\":[{string.Join(',', all.Select(p => p.Json))}]",
                    $"\"response_handle\":{handle?.ToString(CultureInfo.InvariantCulture) ?? "null"}",
                    "\"battery\":\"ok\"",
                    odd.Item1,
                ],
                odd.Item2,
                look.Item1)));

    /// <summary>A body and its records.</summary>
    public static readonly Gen<(SomeRecord[] Records, string Json)> All = Gen.Select(
        Record.Array[0, 8], Gen.Bool, Gen.Bool, UnknownField, (records, bare, upper, unknown) =>
        {
            var list = $"[{string.Join(',', records.Select(r => r.Json))}]";
            var body = bare ? list : $"{{{unknown},\"measurements\":{list}}}";
            return (records, upper ? Bodies.InUpperKeys(body) : body);
        });

    /// <summary>What the reader should find, in the same words as <see cref="Found"/>.</summary>
    public static string Expected(SomeRecord[] records) => string.Join('\n', records.Select(r =>
        $"{r.Serial} {r.MeasuredAtMs}: {string.Join(", ", r.Params.Select(p => Describe(p.Channel, p.Type, p.Value)))}"));

    /// <summary>What the reader found.</summary>
    public static string Found(ParsedMessage message) => string.Join('\n', message.Records.Select(r =>
        $"{r.Serial} {r.MeasuredAtMs}: {string.Join(", ", message.Params.Skip(r.FirstParam).Take(r.ParamCount).Select(p => Describe(p.Channel, p.Type.Name, p.Value)))}"));

    private static string Describe(int channel, string type, double? value) =>
        $"{channel} {type} {(value is { } n ? Text(n == 0 ? 0 : n) : "-")}";

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Object(string[] fields, int[] order, string space) =>
        $"{{{space}{string.Join($"{space},{space}", order.Select(i => fields[i]))}{space}}}";

    private static string Time(long ms, int form)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return form switch
        {
            0 => $"\"{time:yyyy-MM-dd HH:mm:ss}\"",
            1 => $"\"{time:yyyy-MM-dd HH:mm:ss} UTC\"",
            2 => $"\"{time.ToOffset(TimeSpan.FromMinutes(345)):yyyy-MM-ddTHH:mm:ss.fffffffzzz}\"",
            3 => (ms / 1_000).ToString(CultureInfo.InvariantCulture),
            4 => $"\"{ms}\"",
            _ => ms.ToString(CultureInfo.InvariantCulture),
        };
    }
}
