namespace Efento.Portal.Connections;

/// <summary>How many connections there may be at once.</summary>
/// <param name="Most">In all.</param>
/// <param name="PerAddress">From one address, of IPv6 from one /64; proxies that are trusted may have all.</param>
/// <param name="Descriptors">How many files and connections the process may have open; null if there is no limit.</param>
public sealed record ConnectionLimits(int Most, int PerAddress, long? Descriptors = null)
{
    /// <summary>Each connection costs memory; a site has some hundred gateways, screens and open pages.</summary>
    private const int MostOfAll = 4096;

    /// <summary>What is open beside connections: some 400 libraries of the program, the database, files that are downloaded.</summary>
    private const int Reserved = 512;

    private const int FewestConnections = 16;

    /// <summary>How many circuits and live hubs there may be in all: they stay for hours, and gateways need room beside them.</summary>
    public int MostHeld => Most * 3 / 4;

    /// <summary>How many of them from one address, behind which there may be gateways too.</summary>
    public int HeldPerAddress => PerAddress * 3 / 4;

    /// <summary>What a limit of file descriptors leaves room for.</summary>
    public static ConnectionLimits Of(long? descriptors)
    {
        var most = (int)Math.Clamp((descriptors ?? long.MaxValue) - Reserved, FewestConnections, MostOfAll);
        return new ConnectionLimits(most, most / 2, descriptors);
    }
}
