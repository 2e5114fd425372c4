using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// All versions of rules, and where points lay, at one moment; never changed. It answers which rule applies: of a kind and type, the
/// nearest one wins, and at one place a rule with a type beats one for every type. Times are measured times in Unix ms.
/// </summary>
public sealed class RuleBook
{
    private static readonly IReadOnlyList<RulePeriod> Nothing = [new(long.MinValue, null)];

    private readonly FrozenDictionary<int, PointPlace[]> _places;
    private readonly FrozenDictionary<(RuleKind, int), AlarmRule[]> _ofPoints;
    private readonly FrozenDictionary<(RuleKind, int), AlarmRule[]> _ofLocations;
    private readonly FrozenDictionary<RuleKind, AlarmRule[]> _ofSite;
    private readonly ConcurrentDictionary<PlaceQuestion, IReadOnlyList<RulePeriod>> _byPlace = new();
    private readonly ConcurrentDictionary<PointQuestion, IReadOnlyList<RulePeriod>> _byPoint = new();

    /// <summary>The rules and places of one moment.</summary>
    public RuleBook(long number, IReadOnlyList<AlarmRule> rules, IReadOnlyList<PointPlace> places)
    {
        (Number, All, Places) = (number, rules, places);

        // What a later version was given from an earlier time on was never in force.
        var everInForce = rules.Where(r => r.FromMs < r.UntilMs).ToList();
        _places = places.GroupBy(p => p.PointId).ToFrozenDictionary(p => p.Key, p => p.OrderBy(place => place.FromMs).ToArray());
        _ofPoints = everInForce.Where(r => r.PointId is not null).GroupBy(r => (r.Kind, r.PointId!.Value)).ToFrozenDictionary(
            r => r.Key, r => r.ToArray());
        _ofLocations = everInForce.Where(r => r.LocationId is not null).GroupBy(r => (r.Kind, r.LocationId!.Value)).ToFrozenDictionary(
            r => r.Key, r => r.ToArray());
        _ofSite = everInForce.Where(r => r.IsOfSite).GroupBy(r => r.Kind).ToFrozenDictionary(r => r.Key, r => r.ToArray());
    }

    /// <summary>Grows with each book.</summary>
    public long Number { get; }

    /// <summary>Every version of every rule.</summary>
    public IReadOnlyList<AlarmRule> All { get; }

    /// <summary>Where every point lay.</summary>
    public IReadOnlyList<PointPlace> Places { get; }

    /// <summary>
    /// What applied to a channel from when on, in ascending order from <see cref="long.MinValue"/> on. Kinds about the whole logger have
    /// channel 0 and the type "".
    /// </summary>
    public IReadOnlyList<RulePeriod> TimelineOf(int pointId, byte channel, string type, RuleKind kind)
    {
        if (!_places.TryGetValue(pointId, out var places))
        {
            return Nothing;
        }

        return places.Length > 1 || _ofPoints.ContainsKey((kind, pointId))
            ? _byPoint.GetOrAdd(new(pointId, channel, type, kind), OfPoint)
            : places[0].IsJudged ? OfPath(places[0].Path, type, kind) : Nothing;
    }

    /// <summary>What applied to gateways or the portal from when on (<see cref="RuleSubjects"/>): the rules of the site.</summary>
    public IReadOnlyList<RulePeriod> TimelineOfSite(RuleKind kind, string subject) => OfPath("", subject, kind);

    /// <summary>
    /// The nearest rule at a time, also if it is switched off or the point is not judged; null if there is none.
    /// </summary>
    public AppliedRule? NearestTo(int pointId, byte channel, string type, RuleKind kind, long ms)
    {
        var path = _places.TryGetValue(pointId, out var places) ? (places.LastOrDefault(p => p.FromMs <= ms) ?? places[0]).Path : "";
        return new Nearness([.. OwnOf(new(pointId, channel, type, kind)), .. AroundOf(path, type, kind)]).NearestAt(ms) is { } nearest
            ? new AppliedRule(nearest)
            : null;
    }

    private IReadOnlyList<RulePeriod> OfPath(string path, string type, RuleKind kind) =>
        _byPlace.GetOrAdd(new(path, type, kind), asked => new Nearness(AroundOf(asked.Path, asked.Type, asked.Kind)).Timeline());

    private List<RulePeriod> OfPoint(PointQuestion asked)
    {
        List<RulePeriod> periods = [];
        var own = OwnOf(asked).ToList();
        var places = _places[asked.PointId];
        for (var i = 0; i < places.Length; i++)
        {
            var until = i + 1 < places.Length ? places[i + 1].FromMs : long.MaxValue;
            var there = !places[i].IsJudged ? Nothing
                : own.Count == 0 ? OfPath(places[i].Path, asked.Type, asked.Kind)
                : new Nearness([.. own, .. AroundOf(places[i].Path, asked.Type, asked.Kind)]).Timeline();
            RulePeriod.Append(periods, there, places[i].FromMs, until);
        }

        return periods;
    }

    /// <summary>The rules of a point for one of its channels, those for the channel alone first.</summary>
    private IEnumerable<AlarmRule[]> OwnOf(PointQuestion asked)
    {
        var own = _ofPoints.GetValueOrDefault((asked.Kind, asked.PointId), []);
        return
        [
            .. Typed([.. own.Where(r => r.Channel is { } channel && channel == asked.Channel)], asked.Type),
            .. Typed([.. own.Where(r => r.Channel is null)], asked.Type),
        ];
    }

    /// <summary>The rules of the locations of a path, nearest first, and of the site.</summary>
    private List<AlarmRule[]> AroundOf(string path, string type, RuleKind kind) =>
    [
        .. path.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => _ofLocations.GetValueOrDefault((kind, int.Parse(id, CultureInfo.InvariantCulture)), []))
            .Append(_ofSite.GetValueOrDefault(kind, []))
            .SelectMany(rules => Typed(rules, type)),
    ];

    private static IEnumerable<AlarmRule[]> Typed(AlarmRule[] rules, string type) => rules.Length == 0
        ? []
        : [[.. rules.Where(r => r.Type == type)], [.. rules.Where(r => r.Type is null)]];

    private readonly record struct PlaceQuestion(string Path, string Type, RuleKind Kind);

    private readonly record struct PointQuestion(int PointId, byte Channel, string Type, RuleKind Kind);
}

/// <summary>What applied from a time on.</summary>
/// <param name="FromMs">The time measured, Unix ms; <see cref="long.MinValue"/>: from the beginning of time.</param>
/// <param name="Rule">
/// The version of a rule; null if nothing applied, if the nearest rule was switched off or if the point was not judged.
/// </param>
public readonly record struct RulePeriod(long FromMs, AlarmRule? Rule)
{
    /// <summary>Appends what applied within a span of time.</summary>
    public static void Append(List<RulePeriod> periods, IReadOnlyList<RulePeriod> added, long fromMs, long untilMs)
    {
        for (var i = 0; i < added.Count; i++)
        {
            var (from, until) = (Math.Max(added[i].FromMs, fromMs), i + 1 < added.Count ? added[i + 1].FromMs : long.MaxValue);
            if (from < untilMs && until > fromMs && (periods.Count == 0 || periods[^1].Rule != added[i].Rule))
            {
                periods.Add(new(from, added[i].Rule));
            }
        }
    }
}

/// <summary>The rule that applies to something.</summary>
/// <param name="Rule">The version in force; it may be switched off.</param>
public sealed record AppliedRule(AlarmRule Rule)
{
    /// <summary>Whether it is a rule for the whole site.</summary>
    public bool IsOfSite => Rule.IsOfSite;

    /// <summary>The location that it comes from; null if it comes from the site or the point itself.</summary>
    public int? LocationId => Rule.LocationId;

    /// <summary>Whether it is a rule for the point itself, or for a channel of it.</summary>
    public bool IsOfPoint => Rule.PointId is not null;
}
