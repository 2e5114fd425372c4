using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>
/// All rules at one moment, the changes that are planned, and what is wrong with these. Nothing is written: a plan that is good at the
/// moment of writing as well (<see cref="RuleMoment"/>) is written by <see cref="RuleWriter"/>.
/// </summary>
internal sealed class RulePlan
{
    private readonly List<RuleFault> _faults = [];
    private readonly List<RuleChange> _changes = [];
    private readonly List<AuditNote> _notes = [];
    private readonly List<AlarmRule> _made = [];
    private readonly List<int> _ended = [];
    private readonly HashSet<string> _drafted = new(StringComparer.Ordinal);
    private readonly Dictionary<AlarmRule, int> _drafts = [];

    /// <summary>What the database held when it was planned.</summary>
    public required RuleMoment Moment { get; init; }

    /// <summary>Who changes them.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The time of the change.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>From when on changes are in force, by the time measured, Unix ms.</summary>
    public required long FromMs { get; init; }

    /// <summary>The places that rules name.</summary>
    public required RulePlaces Places { get; init; }

    /// <summary>The present version of each rule.</summary>
    public required Dictionary<string, AlarmRule> Present { get; init; }

    /// <summary>The keys of earlier versions that were still in force at <see cref="FromMs"/>, by the names of their rules.</summary>
    public required ILookup<string, int> Overtaken { get; init; }

    /// <summary>The newest version of each key, of rules that have ended as well.</summary>
    public required Dictionary<string, int> Versions { get; init; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<RuleFault> Faults => _faults;

    /// <summary>What was changed.</summary>
    public IReadOnlyList<RuleChange> Changes => _changes;

    /// <summary>Whether there is something to be written: something is changed, and nothing is wrong.</summary>
    public bool HasChanges => _faults.Count == 0 && _changes.Count > 0;

    /// <summary>The versions to be made; their locations may be planned ones.</summary>
    public IReadOnlyList<AlarmRule> Made => _made;

    /// <summary>The keys of the versions to be ended at <see cref="FromMs"/>.</summary>
    public IReadOnlyList<int> Ended => _ended;

    /// <summary>The changes for the audit trail.</summary>
    public IReadOnlyList<AuditNote> Notes =>
        [.. Places.Made.Select(l => new AuditNote("location made", Places.PathOf(l.Id))), .. _notes];

    /// <summary>Reads them.</summary>
    public static async Task<RulePlan> ReadAsync(
        PortalDbContext db, Actor actor, DateTimeOffset now, long fromMs, CancellationToken cancellationToken) => new()
        {
            // First: what changes while the rest is read is then noticed.
            Moment = await RuleMoment.ReadAsync(db, cancellationToken),
            Actor = actor,
            Now = now,
            FromMs = fromMs,
            Places = await RulePlaces.ReadAsync(db, cancellationToken),
            Present = await db.AlarmRules.AsNoTracking().Where(r => r.UntilMs == long.MaxValue)
                .ToDictionaryAsync(r => r.Key, cancellationToken),
            Overtaken = (await db.AlarmRules.AsNoTracking().Where(r => r.UntilMs > fromMs && r.UntilMs < long.MaxValue)
                .ToListAsync(cancellationToken)).ToLookup(r => r.Key, r => r.Id),
            Versions = await db.AlarmRules.GroupBy(r => r.Key)
                .Select(r => new { r.Key, Newest = r.Max(rule => rule.Version) })
                .ToDictionaryAsync(r => r.Key, r => r.Newest, cancellationToken),
        };

    /// <summary>Makes a rule as a draft says, or gives it another version; does nothing if it is so already.</summary>
    public void Save(RuleDraft wanted, int number)
    {
        var draft = RuleChecks.Normalised(wanted);
        var faults = RuleChecks.FaultsOf(draft).ToList();
        if (faults.Count == 0)
        {
            (draft, var fault) = Places.Resolve(draft);
            faults.AddRange(new[] { fault, FaultOf(draft) }.OfType<RuleFault>());
        }

        _faults.AddRange(faults.Select(fault => fault with { Draft = number }));
        if (faults.Count == 0)
        {
            Plan(draft with { Key = draft.Key ?? NewKey(draft) }, number);
        }
    }

    /// <summary>Ends a rule.</summary>
    /// <param name="seen">The rule as the user saw it.</param>
    /// <param name="reason">Why; null if no reason is given.</param>
    public void End(SeenRule seen, string? reason)
    {
        var fault = !Present.TryGetValue(seen.Key, out var rule) ? new RuleFault(RuleFaultKind.RuleGone, "key", seen.Key)
            : rule.Version != seen.Version ? new(RuleFaultKind.ChangedMeanwhile, "key", seen.Key)
            : rule.IsBuiltIn ? new(RuleFaultKind.BuiltInEnded, "key", seen.Key)
            : null;
        if (fault is not null)
        {
            _faults.Add(fault);
            return;
        }

        EndVersions(rule!);
        Present.Remove(seen.Key);
        Note(RuleAudit.Ended, seen.Key, Places.InWords(rule!), null, reason);
    }

    /// <summary>Ends the rules that no draft named, but for those that are built in.</summary>
    public void EndOthers()
    {
        var others = Present.Values.Where(r => !r.IsBuiltIn && !_drafted.Contains(r.Key)).OrderBy(r => r.Key, StringComparer.Ordinal);
        foreach (var rule in others.ToList())
        {
            End(new(rule.Key, rule.Version), null);
        }
    }

    /// <summary>Finds rules of one kind and type at one place. To be called after all changes.</summary>
    public void CheckTwice()
    {
        var same =
            from rule in Present.Values
            group rule by (rule.Kind, rule.Type, RulePlace.Of(rule)) into rules
            where rules.Count() > 1 && rules.Any(_drafts.ContainsKey)
            select rules.OrderBy(r => _drafts.GetValueOrDefault(r, -1)).ToList();
        _faults.AddRange(same.Select(rules => new RuleFault(RuleFaultKind.Twice, "", rules[0].Key) { Draft = _drafts[rules[^1]] }));
    }

    private RuleFault? FaultOf(RuleDraft draft)
    {
        var present = draft.Key is { } key ? Present.GetValueOrDefault(key) : null;
        return draft.Key is not null && !_drafted.Add(draft.Key) ? new(RuleFaultKind.KeyTwice, "key", draft.Key)
            : draft.SeenVersion is { } seen && seen != (present?.Version ?? 0) ? new(RuleFaultKind.ChangedMeanwhile, "key", draft.Key ?? "")
            : present is { IsBuiltIn: true } && (draft.Kind, draft.Type, draft.Place) != (present.Kind, present.Type, RulePlace.Of(present))
                ? new(RuleFaultKind.BuiltInMoved, "key", Places.InWords(present))
            : null;
    }

    private void Plan(RuleDraft draft, int number)
    {
        var before = Present.GetValueOrDefault(draft.Key!);
        if (before is not null && draft.IsSameAs(before))
        {
            _drafts[before] = number;
            return;
        }

        if (before is not null)
        {
            EndVersions(before);
        }

        var rule = Version(draft, before);
        _made.Add(rule);
        Present[rule.Key] = rule;
        _drafts[rule] = number;
        Versions[rule.Key] = rule.Version;
        var action = before is null ? RuleAudit.Made : RuleAudit.Changed;
        Note(action, rule.Key, before is null ? null : Places.InWords(before), Places.InWords(rule), rule.Reason);
    }

    private AlarmRule Version(RuleDraft draft, AlarmRule? before) => new()
    {
        Key = draft.Key!,
        Version = Versions.GetValueOrDefault(draft.Key!) + 1,
        Kind = draft.Kind,
        Type = draft.Type,
        LocationId = draft.Place.LocationId,
        PointId = draft.Place.PointId,
        Serial = draft.Place.Serial,
        Channel = draft.Place.Channel,
        Conditions = draft.Conditions,
        IsEnabled = draft.IsEnabled,
        Reason = draft.Reason,
        IsBuiltIn = before?.IsBuiltIn is true,
        FromMs = FromMs,
        MadeUtc = Now,
        MadeBy = Actor.Name,
    };

    /// <summary>
    /// Ends the present version. If the change is in force from an earlier time on, older versions are not in force from then on either.
    /// </summary>
    private void EndVersions(AlarmRule present)
    {
        _ended.Add(present.Id);
        _ended.AddRange(Overtaken[present.Key]);
    }

    private void Note(string action, string key, string? old, string? now, string? reason)
    {
        var subject = RuleAudit.SubjectOf(key);
        _changes.Add(new(action, subject, old, now));
        _notes.Add(new AuditNote(action, subject, old, now, reason));
    }

    /// <summary>A key that no rule has had: the kind and type, and a number where that is taken.</summary>
    private string NewKey(RuleDraft draft)
    {
        var words = string.Concat($"{RuleNames.Of(draft.Kind)}-{draft.Type ?? "all"}".Where(RuleChecks.IsOfKeys));
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? words : $"{words}-{n}").First(key => !Versions.ContainsKey(key));
    }
}
