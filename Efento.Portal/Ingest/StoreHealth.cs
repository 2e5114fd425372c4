using Efento.Portal.Configuration;
using Efento.Portal.Live;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Ingest;

/// <summary>Whether messages can be stored, in words for pages, the readiness check and the log; logged once a minute, not per message.</summary>
public sealed partial class StoreHealth(LogLimiter limiter, LiveFeed feed, ILogger<StoreHealth> logger)
{
    private volatile SqliteException? _fault;
    private volatile string? _savedAs;
    private volatile SqliteException? _damage;

    /// <summary>Why nothing can be stored; null while it can.</summary>
    public string? Fault => _fault is not { } fault ? null
        : _savedAs is { } copy && IsMoved(fault) ? $"{InWords(fault)} {IngestText.StoreSavedAs(copy)}"
        : InWords(fault);

    /// <summary>
    /// That damaged pages were seen since the start, by whoever reads or writes; null if none was. It stays until a restart: other pages may well be
    /// whole, and storing may work.
    /// </summary>
    public string? Damage => _damage is { } damage ? IngestText.DamageSeen(damage.Message) : null;

    /// <summary>A damaged page was seen.</summary>
    public void SeesDamage(SqliteException damage)
    {
        if (_damage is null)
        {
            _damage = damage;
            feed.Publish(new LiveKey(LiveTopic.Maintenance));
            LogDamage(logger, damage.Message);
        }
    }

    /// <summary>Storing worked.</summary>
    public void Works()
    {
        if (_fault is { } fault && !IsMoved(fault))
        {
            _fault = null;
            feed.Publish(new LiveKey(LiveTopic.Maintenance));
            LogWorks(logger);
        }
    }

    /// <summary>What was taken away while the portal ran is saved.</summary>
    public void SavedAs(string path)
    {
        _savedAs = path;
        feed.Publish(new LiveKey(LiveTopic.Maintenance));
        LogSaved(logger, path);
    }

    /// <summary>Whether the database's files were removed, moved or replaced: no later fault hides that, and only a restart ends it.</summary>
    public static bool IsMoved(SqliteException fault) => fault.SqliteExtendedErrorCode == SQLITE_READONLY_DBMOVED;

    /// <summary>Storing failed.</summary>
    public void Fails(SqliteException exception)
    {
        var before = _fault;
        if (before is not null && IsMoved(before) && !IsMoved(exception))
        {
            return;
        }

        _fault = exception;
        if (before?.SqliteExtendedErrorCode != exception.SqliteExtendedErrorCode)
        {
            feed.Publish(new LiveKey(LiveTopic.Maintenance));
        }

        var words = InWords(exception);
        if (limiter.IsDue(words))
        {
            LogFails(logger, words, exception);
        }
    }

    /// <summary>What a fault of the database means for the one who runs the portal, in the language spoken.</summary>
    public static string InWords(SqliteException exception) => exception.SqliteErrorCode switch
    {
        _ when IsMoved(exception) => IngestText.StoreMoved(exception.Message),
        SQLITE_FULL => IngestText.StoreFull,
        SQLITE_BUSY or SQLITE_LOCKED => IngestText.StoreHeld,
        SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM => IngestText.StoreReadOnly,
        SQLITE_CORRUPT or SQLITE_NOTADB => IngestText.StoreDamaged,
        _ => IngestText.StoreNotWritten(exception.SqliteExtendedErrorCode, exception.Message),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages can't be stored: {Fault}")]
    private static partial void LogFails(ILogger logger, string fault, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Damaged pages were seen in the database ({Damage}); restore a backup, and look at the disk")]
    private static partial void LogDamage(ILogger logger, string damage);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was stored before the database was removed, moved or replaced is saved in {Path}")]
    private static partial void LogSaved(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages are stored again")]
    private static partial void LogWorks(ILogger logger);
}
