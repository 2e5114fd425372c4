using System.Text;

namespace Efento.Portal.Ingest.Payload;

/// <summary>Finds keys whose values identify a device.</summary>
internal static class SerialKeys
{
    private static readonly string[] Endings = ["_id", "-id", "Id", "ID", "mac", "mac_address", "macaddress", "imei", "imsi", "iccid"];
    private static readonly string[] Names = ["id", "sn", "gateway"];

    /// <summary>Whether a key names a serial, an address or an id. In doubt the answer is yes.</summary>
    public static bool Contains(ReadOnlySpan<byte> key)
    {
        var name = Encoding.UTF8.GetString(key);
        return name.Contains("serial", StringComparison.OrdinalIgnoreCase)
            || Names.Any(n => name.Equals(n, StringComparison.OrdinalIgnoreCase))
            || Endings.Any(e => name.EndsWith(e, e is "Id" or "ID" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));
    }
}
