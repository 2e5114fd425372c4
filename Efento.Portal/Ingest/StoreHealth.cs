using Efento.Portal.Configuration;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Ingest;

/// <summary>Whether messages can be stored, in words for pages, the readiness check and the log; logged once a minute, not per message.</summary>
public sealed partial class StoreHealth(LogLimiter limiter, ILogger<StoreHealth> logger)
{
    private volatile SqliteException? _fault;

    /// <summary>Why nothing can be stored; null while it can.</summary>
    public string? Fault => _fault is { } fault ? InWords(fault) : null;

    /// <summary>Storing worked.</summary>
    public void Works()
    {
        if (_fault is not null)
        {
            _fault = null;
            LogWorks(logger);
        }
    }

    /// <summary>Storing failed.</summary>
    public void Fails(SqliteException exception)
    {
        _fault = exception;
        var words = InWords(exception);
        if (limiter.IsDue(words))
        {
            LogFails(logger, words, exception);
        }
    }

    /// <summary>What a fault of the database means for the one who runs the portal, in the language spoken.</summary>
    public static string InWords(SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLITE_FULL => IngestText.StoreFull,
        SQLITE_BUSY or SQLITE_LOCKED => IngestText.StoreHeld,
        SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM => IngestText.StoreReadOnly,
        SQLITE_CORRUPT or SQLITE_NOTADB => IngestText.StoreDamaged,
        _ => IngestText.StoreNotWritten(exception.SqliteExtendedErrorCode, exception.Message),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages can't be stored: {Fault}")]
    private static partial void LogFails(ILogger logger, string fault, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages are stored again")]
    private static partial void LogWorks(ILogger logger);
}
