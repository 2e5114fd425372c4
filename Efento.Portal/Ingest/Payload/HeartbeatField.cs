using System.Text;

namespace Efento.Portal.Ingest.Payload;

/// <summary>The fields of a heartbeat.</summary>
internal enum HeartbeatField : byte
{
    Serial,
    Version,
    Uptime,
    Loggers,
    Power,
    Battery,
}

/// <summary>
/// The keys that are tried for each field, the likeliest first. The keys are not documented by the vendor. Source: docs/gateway-api.md,
/// "Heartbeat body".
/// </summary>
internal static class HeartbeatAliases
{
    private static readonly string[][] Aliases =
    [
        ["serial", "serial_number", "gateway_serial", "gateway", "id", "mac"],
        ["software_version", "sw_version", "firmware_version", "version"],
        ["uptime", "up_time", "uptime_seconds"],
        ["loggers", "loggers_count", "sensors", "sensors_count", "in_range_sensors", "bound_sensors"],
        ["power", "power_source", "power_supply", "power_status", "charging_status"],
        ["battery", "battery_level", "battery_charge_level"],
    ];

    /// <summary>The number of fields.</summary>
    public static int FieldCount => Aliases.Length;

    /// <summary>Finds the field of a key, ignoring case; <paramref name="rank"/> is 0 for the likeliest key.</summary>
    public static bool TryFind(ReadOnlySpan<byte> key, out HeartbeatField field, out int rank)
    {
        for (var i = 0; i < Aliases.Length; i++)
        {
            for (var j = 0; j < Aliases[i].Length; j++)
            {
                if (Ascii.EqualsIgnoreCase(key, Aliases[i][j]))
                {
                    (field, rank) = ((HeartbeatField)i, j);
                    return true;
                }
            }
        }

        (field, rank) = (default, default);
        return false;
    }
}
