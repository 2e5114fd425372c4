namespace Efento.Portal.Devices;

/// <summary>The rows of the change log of loggers, within the writer's transaction. Times are Unix ms.</summary>
internal interface ILoggerChangeRows
{
    /// <summary>Adds a record's report. Returns false if a report of that time is already logged; that one stays.</summary>
    bool Insert(int loggerId, long measuredAtMs, LoggerReport report);

    /// <summary>Deletes the report logged at a time.</summary>
    void Delete(int loggerId, long measuredAtMs);

    /// <summary>The last report before a time; null if there is none.</summary>
    LoggerReport? FindBefore(int loggerId, long measuredAtMs);

    /// <summary>The report at a time; null if there is none.</summary>
    LoggerReport? FindAt(int loggerId, long measuredAtMs);
}
