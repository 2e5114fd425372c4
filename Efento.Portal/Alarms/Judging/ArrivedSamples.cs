using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Arrivals;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// The readings of a batch by what watches their channels. Its memory is used again for the next batch, because under load there are
/// hundreds of channels in a batch, and hundreds of batches a second. Not thread-safe.
/// </summary>
internal sealed class ArrivedSamples
{
    private readonly Dictionary<Watch[], ChannelSamples> _byChannel = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<ChannelSamples> _spare = new();

    /// <summary>The channels that are judged and have readings in the batch.</summary>
    public IReadOnlyCollection<ChannelSamples> Channels => _byChannel.Values;

    /// <summary>Adds a reading of a channel, unless nothing is judged there.</summary>
    public void Add(Watch[] channel, in ArrivedReading reading)
    {
        if (_byChannel.TryGetValue(channel, out var samples))
        {
            samples.Add(reading);
        }
        else if (Array.Exists(channel, watch => !watch.Course.IsEmpty))
        {
            _byChannel[channel] = samples = _spare.TryPop(out var spare) ? spare : new ChannelSamples();
            samples.Begin(channel);
            samples.Add(reading);
        }
    }

    /// <summary>Forgets the batch.</summary>
    public void Clear()
    {
        foreach (var samples in _byChannel.Values.Where(s => s.IsSmall))
        {
            _spare.Push(samples);
        }

        _byChannel.Clear();
    }
}

/// <summary>The readings of a channel in a batch.</summary>
internal sealed class ChannelSamples
{
    /// <summary>What a message with a long backlog needs is not kept.</summary>
    private const int MostKept = 200;

    private readonly List<Sample> _values = [];
    private readonly List<Sample> _signals = [];
    private StoredSamples? _storedValues;
    private StoredSamples? _storedSignals;
    private bool _hasSignal;
    private bool _isSorted;

    /// <summary>What watches the channel.</summary>
    public Watch[] Watches { get; private set; } = [];

    /// <summary>Whether it needs little memory.</summary>
    public bool IsSmall => _values.Capacity <= MostKept;

    /// <summary>Begins with a channel.</summary>
    public void Begin(Watch[] channel)
    {
        (Watches, _storedValues, _storedSignals, _isSorted) = (channel, null, null, true);
        _hasSignal = Array.Exists(channel, watch => watch.IsSignal);
        _values.Clear();
        _signals.Clear();
    }

    /// <summary>Adds a reading.</summary>
    public void Add(in ArrivedReading reading)
    {
        _isSorted &= _values is not [.., var last] || last.Ms < reading.MeasuredAtMs;
        _values.Add(new Sample(reading.MeasuredAtMs, reading.Value, reading.MessageId));
        if (_hasSignal)
        {
            _signals.Add(new Sample(reading.MeasuredAtMs, reading.Signal, reading.MessageId));
        }
    }

    /// <summary>Puts the readings into the order in which they were measured.</summary>
    /// <returns>Whether one of them replaced another one. The store knows which.</returns>
    public bool SortAndFindDoubles()
    {
        if (_isSorted)
        {
            return false;
        }

        _values.Sort((a, b) => a.Ms.CompareTo(b.Ms));
        _signals.Sort((a, b) => a.Ms.CompareTo(b.Ms));
        return _values.Zip(_values.Skip(1)).Any(pair => pair.First.Ms == pair.Second.Ms);
    }

    /// <summary>What is judged by a watch: the values, or the strength of the signal.</summary>
    public List<Sample> For(Watch watch) => watch.IsSignal ? _signals : _values;

    /// <summary>What the store holds of it; the same for each watch that needs it.</summary>
    public StoredSamples StoredFor(Watch watch, Func<Watch, StoredSamples> source) =>
        watch.IsSignal ? _storedSignals ??= source(watch) : _storedValues ??= source(watch);
}
