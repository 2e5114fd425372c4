namespace Efento.Portal.Connections;

/// <summary>The limits of simultaneous connections.</summary>
/// <param name="Most">The most connections in total.</param>
/// <param name="PerAddress">The most connections from one address (IPv6: one /64). Trusted proxies may have all.</param>
/// <param name="Descriptors">The most open files and connections of the process; null if there is no limit.</param>
internal sealed record ConnectionLimits(int Most, int PerAddress, long? Descriptors = null)
{
    /// <summary>Each connection costs memory; a site has some hundred gateways, screens and open pages.</summary>
    private const int MostOfAll = 4096;

    /// <summary>Descriptors that are not connections: some 400 libraries of the program, the database, downloaded files.</summary>
    private const int Reserved = 512;

    private const int FewestConnections = 16;

    /// <summary>The most circuits and live hubs in total. They stay open for hours, and gateways need room beside them.</summary>
    public int MostHeld => Most * 3 / 4;

    /// <summary>The most of them from one address. Gateways may use the same address.</summary>
    public int HeldPerAddress => PerAddress * 3 / 4;

    /// <summary>The limits that fit within a limit of file descriptors.</summary>
    public static ConnectionLimits Of(long? descriptors)
    {
        var most = (int)Math.Clamp((descriptors ?? long.MaxValue) - Reserved, FewestConnections, MostOfAll);
        return new ConnectionLimits(most, most / 2, descriptors);
    }
}
