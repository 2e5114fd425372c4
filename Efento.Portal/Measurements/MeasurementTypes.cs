using System.Collections.Frozen;

namespace Efento.Portal.Measurements;

/// <summary>The measurement types the portal knows. Source: docs/gateway-api.md, after the vendor's documents.</summary>
public static class MeasurementTypes
{
    /// <summary>The longest type name that is accepted; a longer one is quarantined.</summary>
    public const int MaxNameLength = 64;

    private static readonly FrozenDictionary<string, MeasurementType> ByKey = Known().ToFrozenDictionary(t => t.Key);
    private static readonly FrozenDictionary<string, MeasurementType>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByKey.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every known type.</summary>
    public static IEnumerable<MeasurementType> All => ByKey.Values;

    /// <summary>
    /// The type of a wire name, folding case, <c>_</c> and <c>-</c>; an unknown name becomes an unknown type that keeps it as it is.
    /// </summary>
    /// <param name="name">1 to <see cref="MaxNameLength"/> characters.</param>
    public static MeasurementType Get(ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[MaxNameLength];
        var length = Fold(name, folded);
        return BySpan.TryGetValue(folded[..length], out var known)
            ? known
            : Unknown(name.ToString(), folded[..length].ToString());
    }

    /// <summary>
    /// The known type of a wire name in UTF-8, folding case, <c>_</c> and <c>-</c>; null if it is not known. Allocates nothing.
    /// </summary>
    public static MeasurementType? Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxNameLength)
        {
            return null;
        }

        Span<char> folded = stackalloc char[MaxNameLength];
        var length = 0;
        foreach (var b in name)
        {
            if (b > 0x7F)
            {
                return null;
            }

            if (b is not ((byte)'_' or (byte)'-'))
            {
                folded[length++] = char.ToLowerInvariant((char)b);
            }
        }

        return BySpan.TryGetValue(folded[..length], out var known) ? known : null;
    }

    private static MeasurementType Unknown(string name, string key) =>
        new(name, key.Length == 0 ? name : key, "", 0, double.NegativeInfinity, double.PositiveInfinity, MeasurementKind.Continuous)
        {
            IsKnown = false,
        };

    private static int Fold(ReadOnlySpan<char> name, Span<char> folded)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-') && length < folded.Length)
            {
                folded[length++] = char.ToLowerInvariant(c);
            }
        }

        return length;
    }

    private static IEnumerable<MeasurementType> Known() =>
    [
        Continuous("temperature", "°C", 0.1, -273.2, 4_000),
        Continuous("humidity", "%", 0.1, 0, 100),
        Continuous("humidity_relative", "%", 0.1, 0, 100),
        Continuous("pressure", "hPa", 0.1, 1, 2_000),
        Continuous("pressure_diff", "Pa", 1, -10_000, 10_000),
        Binary("open-close", "closed", "open"),
        Alarm("ok_alarm", "ok", "alarm"),
        Alarm("flooding", "dry", "water detected"),
        Alarm("leakage", "dry", "water detected"),
        Binary("output_control", "off", "on"),
        Continuous("iaq", "", 1, 0, 500),
        Continuous("static_iaq", "", 1, 0, 10_000),
        Continuous("co2", "ppm", 1, 0, 1_000_000),
        Continuous("co2_gas", "ppm", 1, 0, 1_000_000),
        Continuous("breath_voc", "ppm", 1, 0, 100_000),
        Continuous("co_gas", "ppm", 1, 0, 1_000_000),
        Continuous("no2_gas", "ppm", 1, 0, 1_000_000),
        Continuous("nh3_gas", "ppm", 1, 0, 1_000_000),
        Continuous("ch4_gas", "ppm", 1, 0, 1_000_000),
        Continuous("h2s_gas", "ppm", 0.01, 0, 80_000),
        Continuous("pm_1_0", "µg/m³", 1, 0, 1_000),
        Continuous("pm_2_5", "µg/m³", 1, 0, 1_000),
        Continuous("pm_10_0", "µg/m³", 1, 0, 1_000),
        Continuous("noise_level", "dB", 0.1, 0, 200),
        Continuous("ambient_light", "lx", 0.1, 0, 100_000),
        Continuous("soil_moisture", "kPa", 1, -1_000, 0),
        Continuous("high_pressure", "kPa", 1, 0, 200_000),
        Continuous("distance_mm", "mm", 1, 0, 100_000),
        Continuous("percentage", "%", 0.01, 0, 100),
        Continuous("voltage", "mV", 0.1, 0, 100_000),
        Continuous("current", "mA", 0.01, 0, 10_000),
        Continuous("current_precise", "mA", 0.001, -4_000, 4_000),
        Continuous("resistance", "Ω", 1, 0, 1_000_000),
        Counter("pulse_cnt", "pulses", MeasurementKind.PeriodCounter, 8_000_000),
        Counter("watt_hour", "Wh", MeasurementKind.PeriodCounter, 8_000_000),
        Counter("pulse_counter_water", "l", MeasurementKind.PeriodCounter, 8_000_000),
        Counter("water_cnt_acc", "l", MeasurementKind.RunningCounter, ulong.MaxValue),
        Counter("elec_meter_acc", "Wh", MeasurementKind.RunningCounter, ulong.MaxValue),
        Counter("pulse_cnt_acc", "pulses", MeasurementKind.RunningCounter, ulong.MaxValue),
        Counter("pulse_cnt_acc_wide", "pulses", MeasurementKind.RunningCounter, ulong.MaxValue),
    ];

    private static MeasurementType Continuous(string name, string unit, double resolution, double minimum, double maximum) =>
        new(name, KeyOf(name), unit, resolution, minimum, maximum, MeasurementKind.Continuous);

    private static MeasurementType Binary(string name, string zero, string one) =>
        new(name, KeyOf(name), "", 1, 0, 1, MeasurementKind.Binary, zero, one);

    private static MeasurementType Alarm(string name, string zero, string one) => Binary(name, zero, one) with { IsAlarming = true };

    private static MeasurementType Counter(string name, string unit, MeasurementKind kind, double maximum) =>
        new(name, KeyOf(name), unit, 1, 0, maximum, kind);

    private static string KeyOf(string name)
    {
        Span<char> folded = stackalloc char[MaxNameLength];
        return folded[..Fold(name, folded)].ToString();
    }
}
