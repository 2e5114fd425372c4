using Efento.Portal.Configuration;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>
/// Logs a warning when the quarantine, or the share of one token, passes half and four fifths of its limit: once for each level.
/// </summary>
internal sealed partial class QuarantineWarnings(ILogger<QuarantineWarnings> log)
{
    /// <summary>The key for all tokens together.</summary>
    private const int All = 0;

    /// <summary>A level is warned of again only after the use was this many percent below it.</summary>
    private const int Slack = 10;

    private readonly Dictionary<int, int> _warned = [];

    /// <summary>Updates the use; called in a turn at the write gate.</summary>
    public void Note(int tokenId, long bytesOfToken, long bytes, IngestOptions options)
    {
        if (Passes(All, bytes, options.QuarantineBytes))
        {
            LogFilling(log, _warned[All], bytes, options.QuarantineBytes);
        }

        if (Passes(tokenId, bytesOfToken, options.QuarantineBytesPerToken))
        {
            LogFillingByToken(log, _warned[tokenId], tokenId, bytesOfToken, options.QuarantineBytesPerToken);
        }
    }

    private bool Passes(int key, long bytes, long limit)
    {
        var percent = QuarantineUse.PercentOf(bytes, limit);
        var warned = _warned.GetValueOrDefault(key);
        var mark = QuarantineUse.MarkOf(percent);
        if (mark > warned || percent < warned - Slack)
        {
            _warned[key] = mark;
        }

        return mark > warned;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The quarantine is {Percent} % full ({Bytes} of {Limit} bytes). When it is full, messages with something to set aside are answered 503. Read its items again or discard them, or raise Portal:Ingest:QuarantineBytes")]
    private static partial void LogFilling(ILogger log, int percent, long bytes, long limit);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The quarantine of gateway token {TokenId} is {Percent} % full ({Bytes} of {Limit} bytes). When it is full, its messages with something to set aside are answered 503. Read its items again or discard them, or raise Portal:Ingest:QuarantineBytesPerToken")]
    private static partial void LogFillingByToken(ILogger log, int percent, int tokenId, long bytes, long limit);
}
