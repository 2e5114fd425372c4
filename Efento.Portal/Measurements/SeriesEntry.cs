namespace Efento.Portal.Measurements;

/// <summary>A series in memory with its latest readings by the time they were measured.</summary>
/// <param name="id">The key.</param>
/// <param name="loggerId">The logger.</param>
/// <param name="channel">The logger's channel.</param>
/// <param name="type">What is measured.</param>
/// <param name="madeAfter">The last message before it was made; 0 if it was loaded from the database.</param>
public sealed class SeriesEntry(int id, int loggerId, byte channel, MeasurementType type, long madeAfter = 0)
{
    /// <summary>The most readings kept ahead of the clock. A logger can be at most 24 hours ahead: 1,440 readings, one a minute.</summary>
    private const int MostAhead = 1_440;

    private readonly Lock _lock = new();
    private Reading? _latest;
    private Reading? _lastValue;
    private SortedList<long, Reading>? _ahead;

    /// <summary>The key.</summary>
    public int Id => id;

    /// <summary>The logger.</summary>
    public int LoggerId => loggerId;

    /// <summary>The logger's channel.</summary>
    public byte Channel => channel;

    /// <summary>What is measured.</summary>
    public MeasurementType Type => type;

    /// <summary>The last message before the series was made: all its readings came later. 0 if it was loaded from the database.</summary>
    public long MadeAfter => madeAfter;

    /// <summary>When the newest reading was measured, including those ahead of the clock, Unix ms; null before the first.</summary>
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

    /// <summary>The message of the newest reading that is not ahead of the clock; 0 before the first.</summary>
    internal long NewestMessage
    {
        get
        {
            lock (_lock)
            {
                return _latest?.MessageId ?? 0;
            }
        }
    }

    /// <summary>The newest reading ahead of the clock that is not "latest" yet; null if there is none.</summary>
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

    /// <summary>
    /// Notes a committed reading. "Latest" goes by the time measured and never goes back. A reading ahead of the server's clock becomes the
    /// latest only when its time comes. If the logger's clock is set right before that, the readings still ahead are dropped.
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
                    // Latest was not called for a long time, so the oldest reading ahead is due by now.
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

    /// <summary>Notes the latest value from the store, if the latest reading has none.</summary>
    internal void NoteLastValue(in Reading reading)
    {
        lock (_lock)
        {
            KeepValue(reading);
        }
    }

    /// <summary>Forgets the latest readings, so that they can be loaded again.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            (_latest, _lastValue, _ahead) = (null, null, null);
        }
    }

    /// <summary>
    /// Drops readings ahead of the clock that came before a message: the logger's clock, which was ahead then, is right now.
    /// </summary>
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
