using System.Collections.Frozen;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about measurements.</summary>
internal static class MeasurementWords
{
    private static readonly FrozenDictionary<string, Func<string>> Names = new Dictionary<string, Func<string>>
    {
        ["temperature"] = () => MeasurementText.Temperature,
        ["humidity"] = () => MeasurementText.Humidity,
        ["humidity_relative"] = () => MeasurementText.Humidity,
        ["pressure"] = () => MeasurementText.AirPressure,
        ["pressure_diff"] = () => MeasurementText.PressureDifference,
        ["open-close"] = () => MeasurementText.Contact,
        ["ok_alarm"] = () => MeasurementText.AlarmInput,
        ["flooding"] = () => MeasurementText.Flooding,
        ["leakage"] = () => MeasurementText.Leakage,
        ["output_control"] = () => MeasurementText.Relay,
        ["iaq"] = () => MeasurementText.AirQuality,
        ["static_iaq"] = () => MeasurementText.AirQualityStatic,
        ["co2"] = () => "CO₂",
        ["co2_gas"] = () => "CO₂",
        ["breath_voc"] = () => "VOC",
        ["co_gas"] = () => "CO",
        ["no2_gas"] = () => "NO₂",
        ["nh3_gas"] = () => "NH₃",
        ["ch4_gas"] = () => "CH₄",
        ["h2s_gas"] = () => "H₂S",
        ["pm_1_0"] = () => "PM 1.0",
        ["pm_2_5"] = () => "PM 2.5",
        ["pm_10_0"] = () => "PM 10",
        ["noise_level"] = () => MeasurementText.Noise,
        ["ambient_light"] = () => MeasurementText.Light,
        ["soil_moisture"] = () => MeasurementText.SoilTension,
        ["high_pressure"] = () => MeasurementText.Pressure,
        ["distance_mm"] = () => MeasurementText.Distance,
        ["percentage"] = () => MeasurementText.Level,
        ["voltage"] = () => MeasurementText.Voltage,
        ["current"] = () => MeasurementText.Current,
        ["current_precise"] = () => MeasurementText.Current,
        ["resistance"] = () => MeasurementText.Resistance,
        ["pulse_cnt"] = () => MeasurementText.Pulses,
        ["watt_hour"] = () => MeasurementText.Energy,
        ["pulse_counter_water"] = () => MeasurementText.Water,
        ["water_cnt_acc"] = () => MeasurementText.WaterMeter,
        ["elec_meter_acc"] = () => MeasurementText.ElectricityMeter,
        ["pulse_cnt_acc"] = () => MeasurementText.PulseTotal,
        ["pulse_cnt_acc_wide"] = () => MeasurementText.PulseTotal,
    }.ToFrozenDictionary();

    /// <summary>A remark on readings that gateways kept during maintenance.</summary>
    public static string ReceivedLater => MeasurementText.ReceivedLater;

    /// <summary>The name of a type; for an unknown one, as the logger sent it.</summary>
    public static string Label(MeasurementType type) => Names.GetValueOrDefault(type.Name)?.Invoke() ?? type.Name;

    /// <summary>A shorter name of a type, for where several share little room; null if it has none.</summary>
    public static string? ShortLabel(MeasurementType type) => type.Name switch
    {
        "temperature" => MeasurementText.TemperatureShort,
        "pressure" => MeasurementText.AirPressureShort,
        "pressure_diff" => MeasurementText.PressureDifferenceShort,
        "iaq" or "static_iaq" => MeasurementText.AirQualityShort,
        _ => null,
    };

    /// <summary>The names of a logger's series in order. The channel is added if two would have the same name.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<(byte Channel, MeasurementType Type)> series)
    {
        var names = series.Select(s => Label(s.Type)).ToList();
        return [.. series.Select((s, i) => names.Count(n => n == names[i]) > 1 ? $"{names[i]} {s.Channel}" : names[i])];
    }

    /// <summary>The word for a state of a binary type, capitalised.</summary>
    public static string State(MeasurementType type, bool isOne) => (isOne ? type.OneWord : type.ZeroWord) switch
    {
        "closed" => MeasurementText.Closed,
        "open" => MeasurementText.Open,
        "ok" => MeasurementText.Ok,
        "alarm" => MeasurementText.Alarm,
        "dry" => MeasurementText.Dry,
        "water detected" => MeasurementText.WaterDetected,
        "off" => MeasurementText.Off,
        "on" => MeasurementText.On,
        var word => word,
    };

    /// <summary>The unit for display; empty if there is none.</summary>
    public static string Unit(MeasurementType type, Units units) => Unit(type.Unit, units);

    /// <summary>The vendor's unit for display; empty if there is none.</summary>
    public static string Unit(string unit, Units units) =>
        unit is "pulses" ? MeasurementText.PulsesUnit : UnitConversion.ShownUnit(unit, units);

    /// <summary>The number of decimals in that unit: that of the type's resolution; two if it is unknown.</summary>
    public static int Decimals(MeasurementType type, Units units) => UnitConversion.ShownDecimals(
        type.Unit,
        type.Resolution switch { >= 1 => 0, >= 0.1 => 1, >= 0.01 => 2, > 0 => 3, _ => 2 },
        units);

    /// <summary>The cause of a gap.</summary>
    public static string Cause(GapCause cause) => cause switch
    {
        GapCause.NoValue => MeasurementText.SensorError,
        GapCause.Maintenance => MeasurementText.GapMaintenance,
        GapCause.GatewayOffline => MeasurementText.GapGatewayOffline,
        GapCause.NotSynchronised => MeasurementText.GapNotSynchronised,
        GapCause.NotHeard => MeasurementText.GapNotHeard,
        _ => MeasurementText.GapNoData,
    };
}
