using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>
/// Tells addresses in the internet from those that lead back to this machine, its network or nowhere, by the registries of IANA
/// (iana-ipv4-special-registry, iana-ipv6-special-registry).
/// </summary>
internal static class AddressGuard
{
    /// <summary>Addresses of IPv4 that are not in the internet.</summary>
    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    /// <summary>All of IPv6 that was given out for the internet. What embeds an IPv4 address lies outside or is listed below.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>What within it is not in the internet: protocols such as Teredo, 6to4, documentation.</summary>
    private static readonly IPNetwork[] ReservedGlobal =
    [
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>Whether a request that no administrator allowed to go to private networks may go to this address.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Reserved.Any(network => network.Contains(address)),
        // IPNetwork compares the IPv4 address in a mapped one, and finds ::ffff:8.8.8.8 in 2000::/3.
        AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => false,
        AddressFamily.InterNetworkV6 => Global.Contains(address) && !ReservedGlobal.Any(network => network.Contains(address)),
        _ => false,
    };
}
