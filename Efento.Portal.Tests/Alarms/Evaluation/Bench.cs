using System.Runtime.InteropServices;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Tests.Alarms.Evaluation;

/// <summary>A channel with its readings and the alarms on record, to which readings are delivered in any order.</summary>
internal sealed class Bench(Course course) : ISampleSource
{
    /// <summary>When minute 0 is, Unix ms.</summary>
    public const long Zero = 1_772_000_000_000;

    private readonly SortedList<long, Sample> _stored = [];
    private readonly List<Alarm> _records = [];
    private readonly List<AlarmEvent> _events = [];
    private readonly Queue<(long FromMs, long ToMs, long Message)> _ledger = [];
    private Judge _judge = new();
    private long _messages;

    public long? NewestMs => _stored.Count == 0 ? null : _stored.GetKeyAtIndex(_stored.Count - 1);

    public long OldestMs => long.MinValue;

    public long CommittedMessage => _stored.Count == 0 ? 0 : _stored.GetValueAtIndex(_stored.Count - 1).MessageId;

    /// <summary>The alarms that are not withdrawn, in the order of their begins.</summary>
    public IReadOnlyList<Alarm> Alarms => [.. _records.Where(r => r.WithdrawnUtc is null).OrderBy(r => r.BeganMs)];

    /// <summary>All alarms ever made.</summary>
    public IReadOnlyList<Alarm> Records => _records;

    /// <summary>All that happened to them.</summary>
    public IReadOnlyList<AlarmEvent> Events => _events;

    /// <summary>A reading so many minutes after minute 0.</summary>
    public static Sample At(double minute, double? value) => new(Zero + (long)(minute * 60_000), value, 0);

    /// <summary>Readings one minute apart, from minute 0 on.</summary>
    public static Sample[] EachMinute(params double?[] values) => [.. values.Select((value, i) => At(i, value))];

    /// <summary>Judges a channel by one version of a rule at all times.</summary>
    public static Bench Of(Condition condition) => new(new Course([(long.MinValue, condition)], []));

    /// <summary>Delivers a message.</summary>
    public Bench Deliver(params Sample[] samples)
    {
        CatchUp();
        var isFirst = _stored.Count == 0;
        Store(samples);
        Take(samples, isFirst);
        return this;
    }

    /// <summary>Delivers what the ledger knows, and then from memory once more what it brought last.</summary>
    public void CatchUpTwice(params Sample[] last)
    {
        CatchUp();
        Take(last, isFirst: false);
    }

    /// <summary>A message is stored, and nobody told of it: the ledger alone knows from when to when its readings were measured.</summary>
    public void FallBehind(params Sample[] samples)
    {
        Store(samples);
        _ledger.Enqueue((samples.Min(s => s.Ms), samples.Max(s => s.Ms), _messages));
    }

    /// <summary>Delivers what the ledger knows.</summary>
    public Bench CatchUp()
    {
        while (_ledger.TryDequeue(out var line))
        {
            if (!_judge.Knows(line.Message, line.FromMs, line.ToMs))
            {
                Apply(_judge.TakeAgain(line.FromMs, line.ToMs, course, this, MayOccur));
            }
        }

        return this;
    }

    /// <summary>Delivers each reading as a message of its own.</summary>
    public Bench DeliverEach(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            Deliver(sample);
        }

        return this;
    }

    /// <summary>The memory is gone, as after a crash.</summary>
    public void Crash() => _judge = new();

    public IReadOnlyList<Sample> Read(long fromMs, long toMs) => [.. _stored.Values.Where(s => s.Ms >= fromMs && s.Ms < toMs)];

    private void Take(Sample[] samples, bool isFirst)
    {
        var arrived = samples.Select(s => _stored[s.Ms]).DistinctBy(s => s.Ms).OrderBy(s => s.Ms).ToList();
        Apply(isFirst
            ? _judge.GoOn(CollectionsMarshal.AsSpan(arrived), course)
            : _judge.Take(arrived, course, this, MayOccur));
    }

    private void Store(Sample[] samples)
    {
        _messages++;
        foreach (var sample in samples)
        {
            _stored[sample.Ms] = sample with { MessageId = _messages };
        }
    }

    private bool MayOccur(long ms) => _records.Any(r => r.WithdrawnUtc is null && (r.EndedMs ?? long.MaxValue) > ms);

    private void Apply(Region? region)
    {
        if (region is null)
        {
            return;
        }

        var its = new Reconciliation(region, DateTimeOffset.UnixEpoch.AddMinutes(_messages), Make);
        its.Apply([.. _records.Where(r => r.WithdrawnUtc is null)]);
        _records.AddRange(its.Made);
        _events.AddRange(its.Events.Select(e => e.Event));
    }

    private Alarm Make(Occurrence occurrence) =>
        new AlarmSubject(RuleKind.Limits, "temperature", PointId: 1, Channel: 1).Raise(occurrence, occurrence.RaisedBy, loggerId: 1);
}
