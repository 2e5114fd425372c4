using System.Collections.Concurrent;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Measurements;

/// <summary>All series in memory, with their latest readings. Rebuilt from the database at the start.</summary>
internal sealed class SeriesDirectory
{
    private volatile SeriesEntry[]?[] _byLogger = new SeriesEntry[]?[64];
    private readonly ConcurrentDictionary<int, SeriesEntry> _byId = new();

    /// <summary>Every series, in no order.</summary>
    public IEnumerable<SeriesEntry> All => _byId.Values;

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

    /// <summary>Adds a series, once it is committed.</summary>
    public void Add(SeriesEntry series)
    {
        _byId[series.Id] = series;
        Set(
            series.LoggerId,
            [.. Of(series.LoggerId).Append(series).OrderBy(s => s.Channel).ThenBy(s => s.Type.Key, StringComparer.Ordinal)]);
    }

    /// <summary>Loads the series that are not in memory yet, with their latest readings.</summary>
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

    /// <summary>
    /// Reloads the latest readings of all series after the clock was set back. Only the holder of the write gate may call it.
    /// </summary>
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

    /// <summary>Loggers are numbered without gaps, so an array is the fastest index.</summary>
    private SeriesEntry[] At(int loggerId)
    {
        var byLogger = _byLogger;
        return loggerId < byLogger.Length ? byLogger[loggerId] ?? [] : [];
    }

    /// <summary>Only the writer calls it; readers see the array before or after the change.</summary>
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
