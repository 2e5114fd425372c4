using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Configuration;

/// <summary>IP networks as users write them: "192.168.7.0/24 10.1.2.3", where a single address stands for itself.</summary>
public static class Networks
{
    /// <summary>The length of the prefix before an IPv4 address in IPv6 form, ::ffff:192.168.7.1.</summary>
    private const int BitsBeforeIPv4 = 96;

    private static readonly char[] Between = [' ', ',', ';', '\n', '\r', '\t'];

    /// <summary>Reads one network or address; null if it is neither.</summary>
    public static IPNetwork? Read(string text)
    {
        if (text.Contains('/'))
        {
            return IPNetwork.TryParse(text, out var network) ? Plain(network) : null;
        }

        return IPAddress.TryParse(text, out var address) && IsWhole(text, address)
            ? Plain(new IPNetwork(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128))
            : null;
    }

    /// <summary>Reads a list. <paramref name="wrong"/> is the first part that is not a network, or null.</summary>
    public static IReadOnlyList<IPNetwork> ReadAll(string? text, out string? wrong)
    {
        var parts = (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);
        wrong = parts.FirstOrDefault(part => Read(part) is null);
        return [.. parts.Select(Read).OfType<IPNetwork>()];
    }

    /// <summary>The remote address of a connection. On a dual-stack socket, an IPv4 address is returned in IPv4 form.</summary>
    public static IPAddress AddressOf(ConnectionInfo connection)
    {
        var address = connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    // Senders' addresses are compared in IPv4 form, see AddressOf.
    private static IPNetwork Plain(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= BitsBeforeIPv4
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - BitsBeforeIPv4)
            : network;

    // "10.1" and "7" would be parsed as addresses that nobody intended.
    private static bool IsWhole(string text, IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3;
}
