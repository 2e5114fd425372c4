using System.Diagnostics.CodeAnalysis;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>
/// The loggers and series that a transaction knows: those in memory and new ones, whose keys come from the database. Memory is updated
/// after the commit.
/// </summary>
/// <param name="loggers">The loggers in memory.</param>
/// <param name="series">The series in memory.</param>
/// <param name="statements">Write new ones.</param>
/// <param name="after">The last message before the transaction.</param>
internal sealed class KnownLoggers(LoggerDirectory loggers, SeriesDirectory series, IIngestStatements statements, long after)
{
    private readonly Dictionary<string, LoggerEntry> _newLoggers = new(StringComparer.Ordinal);
    private readonly List<SeriesEntry> _newSeries = [];

    /// <summary>Whether there are new ones.</summary>
    public bool HasNew => _newLoggers.Count + _newSeries.Count > 0;

    /// <summary>The logger with a serial.</summary>
    public bool TryGet(string serial, [NotNullWhen(true)] out LoggerEntry? logger) =>
        loggers.TryGet(serial, out logger) || (_newLoggers.Count > 0 && _newLoggers.TryGetValue(serial, out logger));

    /// <summary>Adds a logger.</summary>
    public LoggerEntry Add(string serial, LoggerApproval approval, int tokenId, long nowMs)
    {
        var added = new LoggerEntry(statements.AddLogger(serial, approval, tokenId, nowMs), serial) { Approval = approval };
        _newLoggers.Add(serial, added);
        return added;
    }

    /// <summary>The series of a logger's channel and type; null if there is none.</summary>
    public SeriesEntry? FindSeries(int loggerId, byte channel, MeasurementType type) =>
        series.Find(loggerId, channel, type)
            ?? (_newSeries.Count == 0
                ? null
                : _newSeries.Find(s => s.LoggerId == loggerId && s.Channel == channel && s.Type.Key == type.Key));

    /// <summary>The number of a logger's series.</summary>
    public int CountSeries(int loggerId) => series.Of(loggerId).Count + _newSeries.Count(s => s.LoggerId == loggerId);

    /// <summary>Adds a series.</summary>
    public SeriesEntry AddSeries(int loggerId, byte channel, MeasurementType type)
    {
        var added = new SeriesEntry(statements.AddSeries(loggerId, channel, type), loggerId, channel, type, after);
        _newSeries.Add(added);
        return added;
    }

    /// <summary>Updates memory.</summary>
    public void Commit()
    {
        foreach (var logger in _newLoggers.Values)
        {
            loggers.Add(logger);
        }

        _newSeries.ForEach(series.Add);
    }
}
