namespace Efento.Portal.Ingest;

/// <summary>Warns in the log when the quarantine, or what it holds of one token, passes half and four fifths of its room: once each.</summary>
internal sealed partial class QuarantineWarnings(ILogger<QuarantineWarnings> logger)
{
    /// <summary>All tokens together.</summary>
    private const int All = 0;

    /// <summary>Percent it must fall below a mark before that mark is warned of anew.</summary>
    private const int Slack = 10;

    private readonly Dictionary<int, int> _warned = [];

    /// <summary>Takes note of what is held; at the writer's turn.</summary>
    public void Note(int tokenId, long bytesOfToken, long bytes, IngestOptions options)
    {
        if (Passes(All, bytes, options.QuarantineBytes))
        {
            LogFilling(logger, _warned[All], bytes, options.QuarantineBytes);
        }

        if (Passes(tokenId, bytesOfToken, options.QuarantineBytesPerToken))
        {
            LogFillingByToken(logger, _warned[tokenId], tokenId, bytesOfToken, options.QuarantineBytesPerToken);
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
    private static partial void LogFilling(ILogger logger, int percent, long bytes, long limit);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The quarantine of gateway token {TokenId} is {Percent} % full ({Bytes} of {Limit} bytes). When it is full, its messages with something to set aside are answered 503. Read its items again or discard them, or raise Portal:Ingest:QuarantineBytesPerToken")]
    private static partial void LogFillingByToken(ILogger logger, int percent, int tokenId, long bytes, long limit);
}
