using Efento.Portal.Ingest.Transactions;

namespace Efento.Portal.Ingest;

/// <summary>
/// The number of loggers and gateways that each token has added today (UTC), so that they need not be counted in the database every time.
/// </summary>
internal sealed class NewDeviceQuota
{
    private readonly Dictionary<int, int> _loggers = [];
    private readonly Dictionary<int, int> _gateways = [];
    private long _day;

    /// <summary>The number of loggers that a token has added on a day; null if they were not counted yet.</summary>
    public int? LoggersOf(int tokenId, long day) => Of(_loggers, tokenId, day);

    /// <summary>The number of gateways that a token has added on a day; null if they were not counted yet.</summary>
    public int? GatewaysOf(int tokenId, long day) => Of(_gateways, tokenId, day);

    /// <summary>Adds the new devices of a committed transaction.</summary>
    public void Note(NewDevices brought)
    {
        if (brought.Day != _day)
        {
            _loggers.Clear();
            _gateways.Clear();
            _day = brought.Day;
        }

        foreach (var (tokenId, count) in brought.Loggers)
        {
            _loggers[tokenId] = count;
        }

        foreach (var (tokenId, count) in brought.Gateways)
        {
            _gateways[tokenId] = count;
        }
    }

    private int? Of(Dictionary<int, int> counts, int tokenId, long day) =>
        day == _day && counts.TryGetValue(tokenId, out var count) ? count : null;
}
