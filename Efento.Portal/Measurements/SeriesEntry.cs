namespace Efento.Portal.Measurements;

/// <summary>A series in memory with its latest readings by the time they were measured.</summary>
public sealed class SeriesEntry(int id, int loggerId, byte channel, MeasurementType type)
{
    /// <summary>More than a logger can be ahead: 24 hours at one reading a minute.</summary>
    private const int MostAhead = 1_440;

    private readonly Lock _lock = new();
    private Reading? _latest;
    private Reading? _lastValue;
    private SortedList<long, Reading>? _ahead;
    private int _lateCount;
    private int _lateRolledUp;

    /// <summary>The key.</summary>
    public int Id => id;

    /// <summary>The logger.</summary>
    public int LoggerId => loggerId;

    /// <summary>The logger's channel.</summary>
    public byte Channel => channel;

    /// <summary>What is measured.</summary>
    public MeasurementType Type => type;

    /// <summary>When the newest reading was measured, those ahead of the clock included, in Unix ms; null before the first.</summary>
    public long? NewestMs
    {
        get
        {
            lock (_lock)
            {
                return _ahead is { Count: > 0 } ? _ahead.GetKeyAtIndex(_ahead.Count - 1) : _latest?.MeasuredAtMs;
            }
        }
    }

    /// <summary>The newest reading that waits for its time; null if none does.</summary>
    internal Reading? Ahead
    {
        get
        {
            lock (_lock)
            {
                return _ahead is { Count: > 0 } ? _ahead.GetValueAtIndex(_ahead.Count - 1) : null;
            }
        }
    }

    /// <summary>How many readings came for hours that were over; counted at the writer's turn.</summary>
    public int LateCount => Volatile.Read(ref _lateCount);

    /// <summary>How many of these are rolled up.</summary>
    public int LateRolledUp => Volatile.Read(ref _lateRolledUp);

    /// <summary>The last hour of it that <see cref="Rollups.RollupQueue"/> has noted, and in which round; at the writer's turn alone.</summary>
    internal long NotedHour { get; set; }

    /// <inheritdoc cref="NotedHour"/>
    internal int NotedRound { get; set; }

    /// <summary>
    /// Takes a committed reading that stands. "Latest" is by the time measured and never goes back; a reading ahead of the server's clock waits
    /// until its time has come, unless the logger's clock is set right before: what it says then is the latest, and what waits is not.
    /// </summary>
    public void Note(in Reading reading)
    {
        lock (_lock)
        {
            if ((reading.Flags & ReadingFlags.ClockAhead) != 0)
            {
                if (_latest?.MessageId > reading.MessageId)
                {
                    return;
                }

                (_ahead ??= [])[reading.MeasuredAtMs] = reading;
                if (_ahead.Count > MostAhead)
                {
                    // Nobody has looked for long: the oldest are due.
                    Take(_ahead.GetValueAtIndex(0));
                    _ahead.RemoveAt(0);
                }
            }
            else
            {
                _ahead?.Remove(reading.MeasuredAtMs);
                Take(reading);
                if (_latest == reading)
                {
                    DropAhead(reading.MessageId);
                }
            }
        }
    }

    /// <summary>A reading came for an hour that is over.</summary>
    internal void CountLate() => Volatile.Write(ref _lateCount, _lateCount + 1);

    /// <summary>So many of the readings that came for hours that were over are rolled up.</summary>
    internal void RolledUp(int late) => Volatile.Write(ref _lateRolledUp, late);

    /// <summary>Another value of that instant (Unix ms) came, too.</summary>
    internal void Contradict(long measuredAtMs)
    {
        lock (_lock)
        {
            if (_latest is { } latest && latest.MeasuredAtMs == measuredAtMs)
            {
                _latest = latest with { Flags = latest.Flags | ReadingFlags.Contradicted };
            }
        }
    }

    /// <summary>The latest reading at <paramref name="nowMs"/> (Unix ms); null before the first.</summary>
    public Reading? Latest(long nowMs)
    {
        lock (_lock)
        {
            while (_ahead is { Count: > 0 } && _ahead.GetKeyAtIndex(0) <= nowMs)
            {
                Take(_ahead.GetValueAtIndex(0));
                _ahead.RemoveAt(0);
            }

            return _latest;
        }
    }

    /// <summary>The latest reading that has a value, at <paramref name="nowMs"/> (Unix ms); null before the first.</summary>
    public Reading? LastValue(long nowMs)
    {
        lock (_lock)
        {
            return Latest(nowMs) is { Measurement: not null } latest ? latest : _lastValue;
        }
    }

    /// <summary>The latest value from before the latest reading, which has none: as it was found in the store.</summary>
    internal void NoteLastValue(in Reading reading)
    {
        lock (_lock)
        {
            KeepValue(reading);
        }
    }

    /// <summary>Forgets what is latest, to be told anew.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            (_latest, _lastValue, _ahead) = (null, null, null);
        }
    }

    /// <summary>What waits and came before a message was measured by a clock that is right now.</summary>
    private void DropAhead(long messageId)
    {
        for (var i = (_ahead?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_ahead!.GetValueAtIndex(i).MessageId < messageId)
            {
                _ahead.RemoveAt(i);
            }
        }
    }

    private void Take(in Reading reading)
    {
        KeepValue(reading);
        if (_latest is null || reading.MeasuredAtMs >= _latest.Value.MeasuredAtMs)
        {
            _latest = reading;
        }
    }

    private void KeepValue(in Reading reading)
    {
        if (reading.Measurement is not null && (_lastValue is null || reading.MeasuredAtMs >= _lastValue.Value.MeasuredAtMs))
        {
            _lastValue = reading;
        }
    }
}
