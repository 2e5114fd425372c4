namespace Efento.Portal.Ingest;

/// <summary>How many new loggers a token may still bring today (UTC). Counted from the database once a day and token.</summary>
internal sealed class NewLoggerQuota
{
    private const long DayMs = 86_400_000;
    private readonly Dictionary<int, int> _taken = [];
    private long _day;

    /// <summary>Takes one, if there is one left.</summary>
    public bool TryTake(int tokenId, long nowMs, IngestOptions options, IngestStatements statements)
    {
        var day = nowMs / DayMs;
        if (day != _day)
        {
            _taken.Clear();
            _day = day;
        }

        if (!_taken.TryGetValue(tokenId, out var taken))
        {
            taken = statements.CountNewLoggers(tokenId, day * DayMs);
        }

        var isLeft = taken < options.MaxNewLoggersPerTokenPerDay;
        _taken[tokenId] = isLeft ? taken + 1 : taken;
        return isLeft;
    }

    /// <summary>Forgets the counts: a transaction that took some failed.</summary>
    public void Rollback() => _taken.Clear();
}
