namespace Efento.Portal.Devices;

/// <summary>
/// Writes the change log of loggers within the writer's transaction. The log has a row for each record that differs from the one measured
/// before it, and the result is the same in whatever order the records arrive.
/// </summary>
internal sealed class LoggerChangeLog(ILoggerChangeRows rows)
{
    /// <summary>Notes the report of a record that is newer than all others of its logger.</summary>
    /// <param name="loggerId">The logger.</param>
    /// <param name="measuredAtMs">When the record was measured, Unix ms.</param>
    /// <param name="report">Its report.</param>
    /// <param name="before">The report of the record before it; null if it is the first.</param>
    public void NoteNewest(int loggerId, long measuredAtMs, LoggerReport report, LoggerReport? before)
    {
        if (report != before)
        {
            rows.Insert(loggerId, measuredAtMs, report);
        }
    }

    /// <summary>
    /// Notes the report of a record that has newer ones after it. The row of the next record is then added or deleted, because it now
    /// follows this one.
    /// </summary>
    /// <param name="loggerId">The logger.</param>
    /// <param name="measuredAtMs">When the record was measured, Unix ms.</param>
    /// <param name="report">Its report.</param>
    /// <param name="nextMeasured">Finds when the logger measured next after a time.</param>
    public void NoteBetween(int loggerId, long measuredAtMs, LoggerReport report, Func<int, long, long?> nextMeasured)
    {
        var before = rows.FindBefore(loggerId, measuredAtMs);
        // If a report of that time exists, it came with another part of the same record.
        if (report == before || !rows.Insert(loggerId, measuredAtMs, report))
        {
            return;
        }

        if (nextMeasured(loggerId, measuredAtMs) is not { } nextMs)
        {
            return;
        }

        if ((rows.FindAt(loggerId, nextMs) ?? before) is { } next && next != report)
        {
            rows.Insert(loggerId, nextMs, next);
        }
        else
        {
            rows.Delete(loggerId, nextMs);
        }
    }
}
