namespace Efento.Portal.Ingest;

/// <summary>How many new loggers and gateways a token may still bring today (UTC). Counted from the database once a day and token.</summary>
internal sealed class NewDeviceQuota
{
    private const long DayMs = 86_400_000;
    private readonly Dictionary<int, int> _loggers = [];
    private readonly Dictionary<int, int> _gateways = [];
    private long _day;

    /// <summary>Takes a new logger, if there is one left.</summary>
    public bool TryTakeLogger(int tokenId, long nowMs, IngestOptions options, IngestStatements statements) =>
        TryTake(_loggers, tokenId, nowMs, options.MaxNewLoggersPerTokenPerDay, statements.CountNewLoggers);

    /// <summary>Takes a new gateway, if there is one left.</summary>
    public bool TryTakeGateway(int tokenId, long nowMs, IngestOptions options, IngestStatements statements) =>
        TryTake(_gateways, tokenId, nowMs, options.MaxNewGatewaysPerTokenPerDay, statements.CountNewGateways);

    /// <summary>Forgets the counts: a transaction that took some failed.</summary>
    public void Rollback()
    {
        _loggers.Clear();
        _gateways.Clear();
    }

    private bool TryTake(Dictionary<int, int> takenBy, int tokenId, long nowMs, int most, Func<int, long, int> count)
    {
        var day = nowMs / DayMs;
        if (day != _day)
        {
            Rollback();
            _day = day;
        }

        if (!takenBy.TryGetValue(tokenId, out var taken))
        {
            taken = count(tokenId, day * DayMs);
        }

        var isLeft = taken < most;
        takenBy[tokenId] = isLeft ? taken + 1 : taken;
        return isLeft;
    }
}
