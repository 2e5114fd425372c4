using System.Collections.Frozen;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>What people call what is measured.</summary>
public static class MeasurementWords
{
    /// <summary>Said of readings that gateways kept while maintenance was on.</summary>
    public const string ReceivedLater = "received later";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["temperature"] = "Temperature",
        ["humidity"] = "Humidity",
        ["humidity_relative"] = "Humidity",
        ["pressure"] = "Air pressure",
        ["pressure_diff"] = "Pressure difference",
        ["open-close"] = "Contact",
        ["ok_alarm"] = "Alarm input",
        ["flooding"] = "Flooding",
        ["leakage"] = "Leakage",
        ["output_control"] = "Relay",
        ["iaq"] = "Air quality index",
        ["static_iaq"] = "Air quality index (static)",
        ["co2"] = "CO₂",
        ["co2_gas"] = "CO₂",
        ["breath_voc"] = "VOC",
        ["co_gas"] = "CO",
        ["no2_gas"] = "NO₂",
        ["nh3_gas"] = "NH₃",
        ["ch4_gas"] = "CH₄",
        ["h2s_gas"] = "H₂S",
        ["pm_1_0"] = "PM 1.0",
        ["pm_2_5"] = "PM 2.5",
        ["pm_10_0"] = "PM 10",
        ["noise_level"] = "Noise",
        ["ambient_light"] = "Light",
        ["soil_moisture"] = "Soil tension",
        ["high_pressure"] = "Pressure",
        ["distance_mm"] = "Distance",
        ["percentage"] = "Level",
        ["voltage"] = "Voltage",
        ["current"] = "Current",
        ["current_precise"] = "Current",
        ["resistance"] = "Resistance",
        ["pulse_cnt"] = "Pulses",
        ["watt_hour"] = "Energy",
        ["pulse_counter_water"] = "Water",
        ["water_cnt_acc"] = "Water meter",
        ["elec_meter_acc"] = "Electricity meter",
        ["pulse_cnt_acc"] = "Pulse total",
        ["pulse_cnt_acc_wide"] = "Pulse total",
    }.ToFrozenDictionary();

    /// <summary>The name of a type; an unknown one's as the logger sent it.</summary>
    public static string Label(MeasurementType type) => Names.GetValueOrDefault(type.Name, type.Name);

    /// <summary>The names of a logger's series in their order; the channel stands behind where two would have the same name.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<(byte Channel, MeasurementType Type)> series)
    {
        var names = series.Select(s => Label(s.Type)).ToList();
        return [.. series.Select((s, i) => names.Count(n => n == names[i]) > 1 ? $"{names[i]} {s.Channel}" : names[i])];
    }

    /// <summary>Digits after the point: those of the type's resolution; two where it is not known.</summary>
    public static int Decimals(MeasurementType type) =>
        type.Resolution switch { >= 1 => 0, >= 0.1 => 1, >= 0.01 => 2, > 0 => 3, _ => 2 };

    /// <summary>A word with its first letter large.</summary>
    public static string Capitalised(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>Why values are missing.</summary>
    public static string Cause(GapCause cause) => cause switch
    {
        GapCause.NoValue => "no value",
        GapCause.Maintenance => "maintenance",
        GapCause.GatewayOffline => "gateway offline",
        GapCause.NotSynchronised => "not synchronised",
        GapCause.OutOfRange => "out of range",
        _ => "no data",
    };
}
