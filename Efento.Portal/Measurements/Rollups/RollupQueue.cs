namespace Efento.Portal.Measurements.Rollups;

/// <summary>
/// Which hours of which series have to be rolled up anew. Filled after each commit and emptied at the writer's turn alone, so it needs no
/// lock; who reads asks for <see cref="RolledBefore"/> only.
/// </summary>
public sealed class RollupQueue
{
    private readonly Dictionary<(int SeriesId, long Day), int> _hours = [];
    private long _rolledBefore = Hours.First;
    private int _round = 1;

    /// <summary>Hours before this one are rolled up: what arrives for them is noted; later ones are read from the readings.</summary>
    public long RolledBefore
    {
        get => Volatile.Read(ref _rolledBefore);
        internal set => Volatile.Write(ref _rolledBefore, value);
    }

    /// <summary>Hours before this one are noted; never below <see cref="RolledBefore"/>, above it while hours that are over are rolled up.</summary>
    internal long NotedBefore { get; set; } = Hours.First;

    /// <summary>How many days of series have hours to roll up.</summary>
    internal int Count => _hours.Count;

    /// <summary>Notes a committed reading that stands. Readings of the present hour cost a comparison.</summary>
    internal void Note(SeriesEntry series, long measuredAtMs)
    {
        var hour = Hours.Of(measuredAtMs);
        if (hour >= NotedBefore)
        {
            return;
        }

        series.CountLate();
        if (series.NotedHour != hour || series.NotedRound != _round)
        {
            (series.NotedHour, series.NotedRound) = (hour, _round);
            var day = Hours.DayOf(hour);
            Note(series.Id, day, Hours.BitsOf(day, hour, hour + 1));
        }
    }

    /// <summary>Notes hours of a day of a series.</summary>
    internal void Note(int seriesId, long day, int hours) =>
        _hours[(seriesId, day)] = _hours.GetValueOrDefault((seriesId, day)) | hours;

    /// <summary>Takes everything, by day and then by series.</summary>
    internal IReadOnlyList<DirtyDay> TakeAll()
    {
        List<DirtyDay> taken = [.. _hours.Select(h => new DirtyDay(h.Key.SeriesId, h.Key.Day, h.Value)).OrderBy(d => d.Day).ThenBy(d => d.SeriesId)];
        _hours.Clear();
        _round++;
        return taken;
    }
}

/// <summary>Hours of a day of a series that have to be rolled up anew.</summary>
/// <param name="SeriesId">The series.</param>
/// <param name="Day">The day (UTC), counted from 1970.</param>
/// <param name="Hours">Its hours as a set of bits.</param>
internal readonly record struct DirtyDay(int SeriesId, long Day, int Hours);
