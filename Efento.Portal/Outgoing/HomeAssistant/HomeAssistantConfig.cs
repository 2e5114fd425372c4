using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>
/// What Home Assistant is told of a channel. Source: its documentation, MQTT, discovery and the device classes of sensors and binary
/// sensors.
/// </summary>
internal static class HomeAssistantConfig
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The device classes of types, by their keys. A class fits the units of its types; what is not here has none.</summary>
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["temperature"] = "temperature",
        ["humidity"] = "humidity",
        ["humidityrelative"] = "humidity",
        ["pressure"] = "atmospheric_pressure",
        ["pressurediff"] = "pressure",
        ["highpressure"] = "pressure",
        ["iaq"] = "aqi",
        ["co2"] = "carbon_dioxide",
        ["co2gas"] = "carbon_dioxide",
        ["cogas"] = "carbon_monoxide",
        ["pm10"] = "pm1",
        ["pm25"] = "pm25",
        ["pm100"] = "pm10",
        ["noiselevel"] = "sound_pressure",
        ["ambientlight"] = "illuminance",
        ["distancemm"] = "distance",
        ["voltage"] = "voltage",
        ["current"] = "current",
        ["currentprecise"] = "current",
        ["watercntacc"] = "water",
        ["elecmeteracc"] = "energy",
        ["openclose"] = "opening",
        ["okalarm"] = "problem",
        ["flooding"] = "moisture",
        ["leakage"] = "moisture",
    };

    /// <summary>The topic and what is kept there.</summary>
    public static (string Topic, string Payload) Of(HomeAssistantTopics topics, HomeAssistantSeries its)
    {
        var isBinary = its.Type.Kind is MeasurementKind.Binary;
        var config = Common(topics, its);
        if (isBinary)
        {
            config["value_template"] = "{{ 'ON' if value_json.value == 1 else 'OFF' if value_json.value == 0 else 'None' }}";
        }
        else
        {
            AddNumber(config, its.Type);
        }

        return (topics.ConfigOf(isBinary ? "binary_sensor" : "sensor", its), config.ToJsonString(Json));
    }

    private static JsonObject Common(HomeAssistantTopics topics, HomeAssistantSeries its)
    {
        var state = topics.StateOf(its);
        JsonObject config = new()
        {
            ["unique_id"] = topics.UniqueIdOf(its),
            ["state_topic"] = state,
            ["json_attributes_topic"] = state,
            ["availability_topic"] = topics.Status,
            ["device"] = new JsonObject
            {
                ["identifiers"] = new JsonArray(topics.DeviceIdOf(its)),
                ["name"] = its.Point.Name,
                ["manufacturer"] = "Efento",
            },
            ["origin"] = new JsonObject { ["name"] = "Efento Portal" },
        };
        if (its.Point.Place is { } place)
        {
            config["device"]!["suggested_area"] = place;
        }

        if (Classes.TryGetValue(its.Type.Key, out var known))
        {
            config["device_class"] = known;
        }

        // Home Assistant names a channel after its class, in its own language, unless it has another name.
        if (known is null || its.IsOneOfSeveral)
        {
            config["name"] = its.IsOneOfSeveral ? $"{its.Type.Name} {its.Channel}" : its.Type.Name;
        }

        return config;
    }

    private static void AddNumber(JsonObject config, MeasurementType type)
    {
        config["value_template"] = "{{ value_json.value }}";
        config["state_class"] = type.Kind is MeasurementKind.RunningCounter ? "total_increasing" : "measurement";
        if (type.Unit.Length > 0)
        {
            config["unit_of_measurement"] = type.Unit is "l" ? "L" : type.Unit;
        }
    }
}
