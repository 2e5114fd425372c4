using System.Buffers;

namespace Efento.Portal.Measurements;

/// <summary>
/// The samples of one series in measured order, in rented arrays. A value of NaN stands where there is none: the line breaks there.
/// </summary>
public sealed class SampleBuffer : IDisposable
{
    private const int InitialCapacity = 2_048;

    private readonly List<Rhythm> _rhythms = [];
    private long[] _times = ArrayPool<long>.Shared.Rent(InitialCapacity);
    private double[] _values = ArrayPool<double>.Shared.Rent(InitialCapacity);

    /// <summary>How many samples there are.</summary>
    public int Count { get; private set; }

    /// <summary>When they were measured, Unix ms, ascending.</summary>
    public Span<long> Times => _times.AsSpan(0, Count);

    /// <summary>The values; NaN where there is none.</summary>
    public Span<double> Values => _values.AsSpan(0, Count);

    /// <summary>The intervals the logger named, each from a sample on.</summary>
    public IReadOnlyList<Rhythm> Rhythms => _rhythms;

    /// <summary>Adds a sample.</summary>
    /// <param name="timeMs">When it was measured, Unix ms; later than the one before.</param>
    /// <param name="value">The value; NaN if there is none.</param>
    /// <param name="intervalSeconds">The logger's measurement interval at that time, in seconds; 0 if not said.</param>
    public void Add(long timeMs, double value, int intervalSeconds)
    {
        if (_rhythms.Count == 0 || _rhythms[^1].IntervalMs != intervalSeconds * 1000L)
        {
            _rhythms.Add(new Rhythm(Count, intervalSeconds * 1000L));
        }

        Resize(Count + 1);
        (_times[Count - 1], _values[Count - 1]) = (timeMs, value);
    }

    /// <summary>Makes room for more samples or forgets the last ones; the rest stay as they are.</summary>
    public void Resize(int count)
    {
        _times = Grown(_times, count);
        _values = Grown(_values, count);
        Count = count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_times);
        ArrayPool<double>.Shared.Return(_values);
        (_times, _values, Count) = ([], [], 0);
    }

    private T[] Grown<T>(T[] array, int count)
    {
        if (array.Length >= count)
        {
            return array;
        }

        var larger = ArrayPool<T>.Shared.Rent(Math.Max(count, 2 * array.Length));
        Array.Copy(array, larger, Count);
        ArrayPool<T>.Shared.Return(array);
        return larger;
    }
}

/// <summary>The interval a logger named.</summary>
/// <param name="FirstSample">From which sample on.</param>
/// <param name="IntervalMs">The interval in ms; 0 if it named none.</param>
public readonly record struct Rhythm(int FirstSample, long IntervalMs);
