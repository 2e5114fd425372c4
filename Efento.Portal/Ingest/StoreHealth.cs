using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Live;

namespace Efento.Portal.Ingest;

/// <summary>
/// Whether messages can be stored, for pages, the readiness check and the log. A fault is logged once a minute, not for every
/// message.
/// </summary>
internal sealed partial class StoreHealth(LogLimiter limiter, LiveFeed feed, ILogger<StoreHealth> log)
{
    private volatile StoreFault? _fault;
    private volatile string? _savedAs;
    private volatile StoreFault? _damage;

    /// <summary>Why nothing can be stored; null while storing works.</summary>
    public IngestFault? Fault =>
        _fault is { } fault ? new StoreFailsFault(fault, fault.Kind is StoreFaultKind.Moved ? _savedAs : null) : null;

    /// <summary>
    /// A warning that damaged pages were found since the start; null if none were. It stays until a restart, because other pages may be
    /// intact and storing may work.
    /// </summary>
    public IngestFault? Damage => _damage is { } damage ? new StoreDamageFault(damage) : null;

    /// <summary>Reports that a damaged page was found.</summary>
    public void ReportDamage(StoreFault damage)
    {
        if (_damage is null)
        {
            _damage = damage;
            feed.Publish(new LiveKey(LiveTopic.Maintenance));
            LogDamage(log, damage.Message);
        }
    }

    /// <summary>Reports that storing succeeded.</summary>
    public void ReportSuccess()
    {
        if (_fault is { } fault && fault.Kind is not StoreFaultKind.Moved)
        {
            _fault = null;
            feed.Publish(new LiveKey(LiveTopic.Maintenance));
            LogWorks(log);
        }
    }

    /// <summary>Reports that database files that were removed at run time were saved to a copy.</summary>
    public void ReportCopy(string path)
    {
        _savedAs = path;
        feed.Publish(new LiveKey(LiveTopic.Maintenance));
        LogSaved(log, path);
    }

    /// <summary>Reports that storing failed. A moved database stays the reported fault until a restart, whatever fails later.</summary>
    public void ReportFault(StoreFault fault)
    {
        var before = _fault;
        if (before is { Kind: StoreFaultKind.Moved } && fault.Kind is not StoreFaultKind.Moved)
        {
            return;
        }

        _fault = fault;
        if (before?.Code != fault.Code)
        {
            feed.Publish(new LiveKey(LiveTopic.Maintenance));
        }

        var words = IngestWords.Of(fault);
        if (limiter.IsDue(words))
        {
            LogFails(log, words, fault.Cause);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages can't be stored: {Fault}")]
    private static partial void LogFails(ILogger log, string fault, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database has damaged pages ({Damage}). Restore a backup and check the disk")]
    private static partial void LogDamage(ILogger log, string damage);

    [LoggerMessage(Level = LogLevel.Error, Message = "The data stored before the database was removed, moved or replaced is saved in {Path}")]
    private static partial void LogSaved(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages are stored again")]
    private static partial void LogWorks(ILogger log);
}
