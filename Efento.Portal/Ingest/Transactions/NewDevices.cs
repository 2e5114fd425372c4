using Efento.Portal.Configuration;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>The number of loggers and gateways that tokens have added today, including this transaction.</summary>
internal sealed class NewDevices(NewDeviceQuota quota, IIngestStatements statements, IngestOptions options, long nowMs)
{
    private const long DayMs = 86_400_000;

    private readonly Dictionary<int, int> _loggers = [];
    private readonly Dictionary<int, int> _gateways = [];

    /// <summary>The day (UTC), counted from 1970.</summary>
    public long Day { get; } = nowMs / DayMs;

    /// <summary>The number of new loggers by token.</summary>
    public IReadOnlyDictionary<int, int> Loggers => _loggers;

    /// <summary>The number of new gateways by token.</summary>
    public IReadOnlyDictionary<int, int> Gateways => _gateways;

    /// <summary>Counts a new logger; false if the token has reached its limit.</summary>
    public bool TryTakeLogger(int tokenId) =>
        TryTake(_loggers, tokenId, quota.LoggersOf(tokenId, Day), statements.CountNewLoggers, options.MaxNewLoggersPerTokenPerDay);

    /// <summary>Counts a new gateway; false if the token has reached its limit.</summary>
    public bool TryTakeGateway(int tokenId) =>
        TryTake(_gateways, tokenId, quota.GatewaysOf(tokenId, Day), statements.CountNewGateways, options.MaxNewGatewaysPerTokenPerDay);

    private bool TryTake(Dictionary<int, int> takenBy, int tokenId, int? known, Func<int, long, int> count, int most)
    {
        if (!takenBy.TryGetValue(tokenId, out var taken))
        {
            taken = known ?? count(tokenId, Day * DayMs);
        }

        var isLeft = taken < most;
        takenBy[tokenId] = isLeft ? taken + 1 : taken;
        return isLeft;
    }
}
