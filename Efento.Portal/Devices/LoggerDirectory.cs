using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>All loggers in memory, with their last reports. Rebuilt from the database at the start.</summary>
public sealed class LoggerDirectory
{
    private readonly ConcurrentDictionary<string, LoggerEntry> _bySerial = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, LoggerEntry> _byId = new();

    /// <summary>Every logger, in no order.</summary>
    public IEnumerable<LoggerEntry> All => _byId.Values;

    public bool TryGet(string serial, [NotNullWhen(true)] out LoggerEntry? logger) => _bySerial.TryGetValue(serial, out logger);

    public bool TryGet(int id, [NotNullWhen(true)] out LoggerEntry? logger) => _byId.TryGetValue(id, out logger);

    /// <summary>Adds a logger, once it is committed.</summary>
    public void Add(LoggerEntry logger)
    {
        _byId[logger.Id] = logger;
        _bySerial[logger.Serial] = logger;
    }

    /// <summary>Applies a user's decision about a logger after its commit.</summary>
    public void Decide(Logger decided)
    {
        if (_byId.TryGetValue(decided.Id, out var entry))
        {
            (entry.Synchronise, entry.Approval) = (decided.Synchronise, decided.Approval);
        }
    }

    /// <summary>
    /// Loads the loggers that are not in memory yet, and all decisions of users. After a failed commit, the old or the new decision may be
    /// stored.
    /// </summary>
    public void Load(PortalDbContext db)
    {
        foreach (var logger in db.Loggers.AsNoTracking())
        {
            if (_byId.ContainsKey(logger.Id))
            {
                Decide(logger);
            }
            else
            {
                Add(new LoggerEntry(logger.Id, logger.Serial) { Synchronise = logger.Synchronise, Approval = logger.Approval });
            }
        }
    }
}
