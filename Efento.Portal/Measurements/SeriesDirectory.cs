using System.Collections.Concurrent;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Measurements;

/// <summary>Every series in memory, with its latest readings. Rebuilt from the database at the start.</summary>
public sealed class SeriesDirectory
{
    private volatile SeriesEntry[]?[] _byLogger = new SeriesEntry[]?[64];
    private readonly ConcurrentDictionary<int, SeriesEntry> _byId = new();
    private int _lastId;

    /// <summary>Every series, in no order.</summary>
    public IEnumerable<SeriesEntry> All => _byId.Values;

    /// <summary>The key a new series gets.</summary>
    public int NextId => _lastId + 1;

    /// <summary>The series of a logger, by channel and type.</summary>
    public IReadOnlyList<SeriesEntry> Of(int loggerId) => At(loggerId);

    /// <summary>The series by its key; null if there is none.</summary>
    public SeriesEntry? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The series of a logger's channel and type; null if there is none yet.</summary>
    public SeriesEntry? Find(int loggerId, byte channel, MeasurementType type)
    {
        foreach (var series in At(loggerId))
        {
            if (series.Channel == channel && (ReferenceEquals(series.Type, type) || series.Type.Key == type.Key))
            {
                return series;
            }
        }

        return null;
    }

    /// <summary>Adds a series; the writer does so within its transaction and calls <see cref="Remove"/> if that fails.</summary>
    public void Add(SeriesEntry series)
    {
        _byId[series.Id] = series;
        Set(series.LoggerId, [.. Of(series.LoggerId).Append(series).OrderBy(s => s.Channel).ThenBy(s => s.Type.Key, StringComparer.Ordinal)]);
        _lastId = Math.Max(_lastId, series.Id);
    }

    /// <summary>Takes a series back that was added by a transaction that failed.</summary>
    public void Remove(SeriesEntry series)
    {
        _byId.TryRemove(series.Id, out _);
        Set(series.LoggerId, [.. Of(series.LoggerId).Where(s => s != series)]);
    }

    /// <summary>Reads from the database what is not in memory yet, latest readings included.</summary>
    public void Load(PortalDbContext db, IReadingStore readings, long nowMs)
    {
        List<SeriesEntry> added = [];
        foreach (var series in db.Series.AsNoTracking())
        {
            if (!_byId.ContainsKey(series.Id))
            {
                added.Add(new SeriesEntry(series.Id, series.LoggerId, series.Channel, MeasurementTypes.Get(series.Type)));
                Add(added[^1]);
            }
        }

        ReadLatest(added, readings, nowMs);
    }

    /// <summary>Reads the latest readings of all series anew, after the clock has gone back; at the writer's turn.</summary>
    public void ReadLatest(IReadingStore readings, long nowMs)
    {
        var all = All.ToList();
        all.ForEach(series => series.Forget());
        ReadLatest(all, readings, nowMs);
    }

    private void ReadLatest(IEnumerable<SeriesEntry> all, IReadingStore readings, long nowMs)
    {
        List<SeriesEntry> failed = [];
        foreach (var (series, reading) in readings.ReadLatest(all, nowMs))
        {
            series.Note(reading with { Flags = reading.Flags & ~ReadingFlags.ClockAhead });
            if (reading.Measurement is null)
            {
                failed.Add(series);
            }
        }

        if (failed.Count > 0)
        {
            foreach (var (series, reading) in readings.ReadLastValues(failed, nowMs))
            {
                series.NoteLastValue(reading);
            }
        }

        foreach (var (seriesId, reading) in readings.ReadAhead(nowMs))
        {
            Find(seriesId)?.Note(reading with { Flags = reading.Flags | ReadingFlags.ClockAhead });
        }
    }

    /// <summary>Loggers are numbered without gaps, so an array finds theirs fastest.</summary>
    private SeriesEntry[] At(int loggerId)
    {
        var byLogger = _byLogger;
        return loggerId < byLogger.Length ? byLogger[loggerId] ?? [] : [];
    }

    /// <summary>The writer alone changes it; readers see the array before or after.</summary>
    private void Set(int loggerId, SeriesEntry[] series)
    {
        var byLogger = _byLogger;
        if (loggerId >= byLogger.Length)
        {
            Array.Resize(ref byLogger, Math.Max(loggerId + 1, 2 * byLogger.Length));
        }

        Volatile.Write(ref byLogger[loggerId], series);
        _byLogger = byLogger;
    }
}
