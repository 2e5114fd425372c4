using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// All that is watched reading by reading, made when the first reading of a channel comes. Used by one thread at a time.
/// </summary>
internal sealed class Watches(
    IDbContextFactory<PortalDbContext> database, LoggerRoster roster, RuleDirectory rules, PlaceLog places, SeriesDirectory series,
    AlarmBoard board)
{
    private readonly Dictionary<ChannelKey, Watch[]> _byChannel = [];
    private readonly Dictionary<int, Watch[]> _bySeries = [];
    private readonly Dictionary<int, Condition?> _conditions = [];
    private readonly Dictionary<IReadOnlyList<RulePeriod>, Course> _courses = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Watch> _stale = [];
    private RuleBook? _book;
    private int _version = -1;
    private long _closings;

    /// <summary>Which logger measured at which point.</summary>
    public Assignments Assignments { get; private set; } = Assignments.None;

    /// <summary>All that is watched so far.</summary>
    public IEnumerable<Watch> All => _byChannel.Values.SelectMany(watches => watches);

    /// <summary>Those that have to be judged again.</summary>
    public IReadOnlyCollection<Watch> Stale => _stale;

    /// <summary>To be called when those that had to be were judged again, and that is on record.</summary>
    public void Refreshed()
    {
        foreach (var watch in _stale)
        {
            watch.Refreshed();
        }

        _stale.Clear();
    }

    /// <summary>Takes changes of rules, places and loggers. To be called before readings are judged.</summary>
    public async Task BringUpToDateAsync(CancellationToken cancellationToken)
    {
        await places.BringUpToDateAsync(cancellationToken);
        if (_version != roster.Version)
        {
            _version = roster.Version;
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            Assignments = await Assignments.ReadAsync(db, cancellationToken);
            _bySeries.Clear();
        }

        if (!ReferenceEquals(_book, rules.Book) || _closings != board.Closings)
        {
            (_book, _closings) = (rules.Book, board.Closings);
            _courses.Clear();
            foreach (var watch in All)
            {
                Follow(watch);
            }
        }
    }

    /// <summary>The versions of rules that were made after one.</summary>
    public IReadOnlyList<AlarmRule> RulesAfter(int ruleId) => [.. _book!.All.Where(r => r.Id > ruleId)];

    /// <summary>What is watched at a series for readings of a time (Unix ms).</summary>
    public Watch[] Of(SeriesEntry its, long ms)
    {
        var periods = Assignments.OfLogger(its.LoggerId);
        if (periods is [var only] && only.Holds(ms))
        {
            if (!_bySeries.TryGetValue(its.Id, out var watches))
            {
                _bySeries[its.Id] = watches = Of(its, only.PointId);
            }

            return watches;
        }

        return periods.FirstOrDefault(p => p.Holds(ms)) is { PointId: not 0 } period ? Of(its, period.PointId) : [];
    }

    /// <summary>What an alarm on record is about; null if no logger of its point has such a channel.</summary>
    public Watch? Find(AlarmSubject subject) =>
        Assignments.OfPoint(subject.PointId ?? 0).Reverse()
            .SelectMany(period => series.Of(period.LoggerId))
            .SelectMany(its => Of(its, subject.PointId!.Value))
            .FirstOrDefault(watch => watch.Subject == subject);

    private Watch[] Of(SeriesEntry its, int pointId)
    {
        var key = new ChannelKey(pointId, its.Channel, its.Type.Key);
        if (!_byChannel.TryGetValue(key, out var watches))
        {
            _byChannel[key] = watches = [.. KindsOf(its).Select(kind => new Watch(SubjectOf(kind, key), key))];
            Array.ForEach(watches, Follow);
        }

        return watches;
    }

    private void Follow(Watch watch)
    {
        watch.Follow(_book!, board.ClosingsOf(watch.Subject), CourseOf);
        if (watch.StaleFromMs is not null)
        {
            _stale.Add(watch);
        }
    }

    private Course CourseOf(IReadOnlyList<RulePeriod> timeline)
    {
        if (!_courses.TryGetValue(timeline, out var course))
        {
            var periods = timeline.Select(p => (p.FromMs, p.Rule is null ? null : ConditionOf(p.Rule)));
            _courses[timeline] = course = new Course([.. periods], []);
        }

        return course;
    }

    private Condition? ConditionOf(AlarmRule rule)
    {
        if (!_conditions.TryGetValue(rule.Id, out var condition))
        {
            _conditions[rule.Id] = condition = ConditionMaker.Of(rule);
        }

        return condition;
    }

    private IEnumerable<RuleKind> KindsOf(SeriesEntry its)
    {
        if (its.Type.Kind is MeasurementKind.Binary)
        {
            yield return RuleKind.State;
        }
        else
        {
            yield return RuleKind.Limits;
            yield return RuleKind.Rate;
        }

        yield return RuleKind.SensorError;
        if (series.Of(its.LoggerId) is [var first, ..] && ReferenceEquals(first, its))
        {
            yield return RuleKind.Signal;
        }
    }

    private static AlarmSubject SubjectOf(RuleKind kind, ChannelKey key) =>
        kind is RuleKind.Signal ? new(kind, "", key.PointId) : new(kind, key.TypeKey, key.PointId, key.Channel);
}
