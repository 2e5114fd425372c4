using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation;

/// <summary>Writes the v4 body of measurements (docs/gateway-api.md, "Measurements body").</summary>
internal static class MeasurementsBody
{
    /// <summary>The body with these measurements in this order.</summary>
    public static byte[] Write(IEnumerable<LoggerMeasurement> measurements, Func<string, int> handleOf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("measurements");
        foreach (var measurement in measurements)
        {
            WriteRecord(json, measurement, handleOf(measurement.Serial));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, LoggerMeasurement measurement, int handle)
    {
        json.WriteStartObject();
        json.WriteString("serial", measurement.Serial);
        json.WriteNumber("response_handle", handle);
        json.WriteString("battery", measurement.Battery);
        json.WriteNumber("signal", measurement.Signal);
        WriteTime(json, "measured_at", measurement.MeasuredAtUtc);
        json.WriteNumber("measurement_interval", (long)measurement.Interval.TotalSeconds);
        WriteTime(json, "next_measurement_at", measurement.NextMeasurementAtUtc);
        json.WriteStartArray("params");
        foreach (var channel in measurement.Channels)
        {
            WriteParam(json, channel);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteParam(Utf8JsonWriter json, ChannelValue channel)
    {
        json.WriteStartObject();
        json.WriteNumber("channel", channel.Channel);
        json.WriteString("type", channel.Type);
        json.WritePropertyName("value");
        WriteValue(json, channel.Value);
        json.WriteString("status", channel.Value.Status);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, SensorValue value)
    {
        if (value.Number is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(value.Word);
        }
    }

    // Real devices end the time with a literal " UTC".
    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[23];
        time.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }
}
