using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// A version of a rule: what is watched, where, and from when until when. Versions never change, but for their end, and for the point of a
/// rule that waited for its logger. A rule applies to a point, to a location with everything in it, or to the whole site; the nearest rule
/// of a kind and type wins.
/// </summary>
public sealed class AlarmRule
{
    /// <summary>The most letters of a key.</summary>
    public const int MostLetters = 100;

    /// <summary>The key of the version.</summary>
    public int Id { get; init; }

    /// <summary>The name of the rule, which all its versions share; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Counts the versions of a rule, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>What is watched.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>
    /// The key of the measurement type (<see cref="MeasurementType.Key"/>), or what is watched at a gateway or the portal
    /// (<see cref="RuleSubjects"/>); null for every type.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>The location; null if the rule applies to something else.</summary>
    public int? LocationId { get; internal set; }

    /// <summary>The measuring point; null if the rule applies to something else.</summary>
    public int? PointId { get; set; }

    /// <summary>
    /// The serial of a logger that had not been heard when the rule was made; <see cref="PointId"/> is the point at which it measured when
    /// it was. Null for all other rules.
    /// </summary>
    public string? Serial { get; init; }

    /// <summary>The channel at the point; null for all channels.</summary>
    public byte? Channel { get; init; }

    /// <summary>The conditions.</summary>
    public required RuleConditions Conditions { get; init; }

    /// <summary>False: nothing of this kind is watched here, although a rule further up says so.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Why it is as it is; always given where it switches something off.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is there from the first start. It can be replaced, but never be without a version.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>From when on it is in force, by the time measured, Unix ms; <see cref="long.MinValue"/>: from the beginning of time.</summary>
    public required long FromMs { get; init; }

    /// <summary>Until when it is in force, by the time measured, Unix ms; <see cref="long.MaxValue"/> while nothing ended it.</summary>
    public long UntilMs { get; set; } = long.MaxValue;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeUtc { get; init; }

    /// <summary>Who made it, as written in the audit trail.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Whether it applies to the whole site.</summary>
    public bool IsOfSite => LocationId is null && PointId is null && Serial is null;

    /// <summary>Whether it is in force at a time measured (Unix ms).</summary>
    public bool IsInForce(long ms) => FromMs <= ms && ms < UntilMs;
}
