using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>Every logger in memory, with what it last said. Rebuilt from the database at the start.</summary>
public sealed class LoggerDirectory
{
    private readonly ConcurrentDictionary<string, LoggerEntry> _bySerial = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, LoggerEntry> _byId = new();
    private int _lastId;

    /// <summary>Every logger, in no order.</summary>
    public IEnumerable<LoggerEntry> All => _byId.Values;

    /// <summary>The key a new logger gets.</summary>
    public int NextId => _lastId + 1;

    public bool TryGet(string serial, [NotNullWhen(true)] out LoggerEntry? logger) => _bySerial.TryGetValue(serial, out logger);

    public bool TryGet(int id, [NotNullWhen(true)] out LoggerEntry? logger) => _byId.TryGetValue(id, out logger);

    /// <summary>Adds a logger; the writer does so within its transaction and calls <see cref="Remove"/> if that fails.</summary>
    public void Add(LoggerEntry logger)
    {
        _byId[logger.Id] = logger;
        _bySerial[logger.Serial] = logger;
        _lastId = Math.Max(_lastId, logger.Id);
    }

    /// <summary>Takes a logger back that was added by a transaction that failed.</summary>
    public void Remove(LoggerEntry logger)
    {
        _bySerial.TryRemove(logger.Serial, out _);
        _byId.TryRemove(logger.Id, out _);
    }

    /// <summary>Takes what people decided about a logger, once that is committed.</summary>
    public void Decide(Logger decided)
    {
        if (_byId.TryGetValue(decided.Id, out var entry))
        {
            (entry.Synchronise, entry.Approval) = (decided.Synchronise, decided.Approval);
        }
    }

    /// <summary>Reads from the database what is not in memory yet, and what people decided: after a failed commit either may hold.</summary>
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
