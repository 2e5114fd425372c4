using Efento.Portal.Configuration;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Ingest;

/// <summary>Whether messages can be stored, in words for the readiness page and the log; logged once a minute, not per message.</summary>
public sealed partial class StoreHealth(LogLimiter limiter, ILogger<StoreHealth> logger)
{
    private volatile string? _fault;

    /// <summary>Why nothing can be stored; null while it can.</summary>
    public string? Fault => _fault;

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
        _fault = InWords(exception);
        if (limiter.IsDue(_fault))
        {
            LogFails(logger, _fault, exception);
        }
    }

    /// <summary>What a fault of the database means for the one who runs the portal.</summary>
    public static string InWords(SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLITE_FULL => "The disk is full. Make room in the data directory; gateways will send again.",
        SQLITE_BUSY or SQLITE_LOCKED => "Another program holds the database. Close it; gateways will send again.",
        SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM => "The database can't be written. Check the rights on the data directory.",
        SQLITE_CORRUPT or SQLITE_NOTADB => "The database is damaged. Restore a backup.",
        _ => $"The database can't be written ({exception.SqliteExtendedErrorCode}: {exception.Message}).",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages can't be stored: {Fault}")]
    private static partial void LogFails(ILogger logger, string fault, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages are stored again")]
    private static partial void LogWorks(ILogger logger);
}
