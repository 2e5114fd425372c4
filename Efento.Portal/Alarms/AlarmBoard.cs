using System.Collections.Concurrent;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms;

/// <summary>
/// What memory knows of alarms: those that are active or open, and until when there were others. Changed after each commit. Thread-safe.
/// </summary>
internal sealed class AlarmBoard
{
    private readonly ConcurrentDictionary<AlarmSubject, long> _endedMs = new();
    private readonly ConcurrentDictionary<AlarmSubject, int> _active = new();
    private readonly ConcurrentDictionary<AlarmSubject, long[]> _closings = new();
    private readonly ConcurrentDictionary<int, Alarm> _present = new();
    private long _closed;
    private long _version;

    /// <summary>
    /// The alarms that are active or open, in no order. They are never changed: each change puts another one in its place.
    /// </summary>
    public ICollection<Alarm> Present => _present.Values;

    /// <summary>Counts changes.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Counts the alarms that were closed because their sensor was gone.</summary>
    internal long Closings => Interlocked.Read(ref _closed);

    /// <summary>Loads everything.</summary>
    public async Task LoadAsync(PortalDbContext db, CancellationToken cancellationToken = default)
    {
        var ended = await db.Alarms.Where(a => a.WithdrawnUtc == null && a.EndedMs != null)
            .GroupBy(a => new { a.Kind, a.Type, a.PointId, a.Channel, a.GatewayId, a.DeliveryChannel })
            .Select(g => new { g.Key, LatestMs = g.Max(a => a.EndedMs) }).ToListAsync(cancellationToken);
        foreach (var its in ended)
        {
            var key = its.Key;
            _endedMs[new(key.Kind, key.Type, key.PointId, key.Channel, key.GatewayId, key.DeliveryChannel)] = its.LatestMs!.Value;
        }

        var present = await db.Alarms.AsNoTracking().Where(a => a.WithdrawnUtc == null)
            .Where(a => a.EndedMs == null || a.AcknowledgedUtc == null || a.End == AlarmEnd.Closed).ToListAsync(cancellationToken);
        present.ForEach(Put);
    }

    /// <summary>Whether there may be an alarm about a subject that reaches beyond a time (Unix ms).</summary>
    public bool MayOccur(AlarmSubject subject, long ms) =>
        _active.ContainsKey(subject) || (_endedMs.TryGetValue(subject, out var latest) && latest > ms);

    /// <summary>When alarms about a subject were closed because their sensor was gone, Unix ms, ascending.</summary>
    public IReadOnlyList<long> ClosingsOf(AlarmSubject subject) => _closings.GetValueOrDefault(subject, []);

    /// <summary>Takes an alarm as it was committed. The caller must not change it afterwards.</summary>
    public void Put(Alarm alarm)
    {
        var subject = AlarmSubject.Of(alarm);
        if (alarm.IsActive)
        {
            _active[subject] = alarm.Id;
        }
        else
        {
            _active.TryRemove(new(subject, alarm.Id));
            _endedMs.AddOrUpdate(subject, alarm.EndedMs ?? long.MinValue, (_, latest) => Math.Max(latest, alarm.EndedMs ?? long.MinValue));
        }

        if (alarm.IsActive || alarm.IsOpen)
        {
            _present[alarm.Id] = alarm;
        }
        else
        {
            _present.TryRemove(alarm.Id, out _);
        }

        if (alarm is { End: AlarmEnd.Closed, EndedMs: { } endedMs })
        {
            Close(subject, endedMs);
        }

        Interlocked.Increment(ref _version);
    }

    private void Close(AlarmSubject subject, long ms)
    {
        _closings.AddOrUpdate(subject, [ms], (_, before) => before.Contains(ms) ? before : [.. before.Append(ms).Order()]);
        Interlocked.Increment(ref _closed);
    }
}
