using System.Text.Json;
using System.Text.Json.Serialization;

namespace Efento.Portal.Simulation;

/// <summary>
/// The body of a heartbeat. Its keys aren't publicly documented; these are likely ones (docs/gateway-api.md, "Heartbeat body").
/// </summary>
/// <param name="SerialNumber">The gateway.</param>
/// <param name="SoftwareVersion">Its software.</param>
/// <param name="Uptime">Seconds since it started.</param>
/// <param name="LoggersCount">Loggers it hears.</param>
/// <param name="PowerSupply">CHARGING, FULLY_CHARGED or UNPLUGGED.</param>
/// <param name="BatteryLevel">Percent, 0–100.</param>
internal sealed record HeartbeatBody(
    string SerialNumber,
    string SoftwareVersion,
    long Uptime,
    int LoggersCount,
    string PowerSupply,
    int BatteryLevel)
{
    /// <summary>The body's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, HeartbeatJson.Default.HeartbeatBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HeartbeatBody))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;
