namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>What a rule shall be.</summary>
public sealed record RuleDraft
{
    /// <summary>The name of the rule (<see cref="AlarmRule.Key"/>); null for a new rule, which then gets one.</summary>
    public string? Key { get; init; }

    /// <summary>What is watched.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>The measurement type, in any spelling, or what is watched at a gateway or the portal; null for every type.</summary>
    public string? Type { get; init; }

    /// <summary>Where it applies.</summary>
    public RulePlace Place { get; init; } = RulePlace.Site;

    /// <summary>The conditions.</summary>
    public RuleConditions Conditions { get; init; } = new(null, null);

    /// <summary>False: nothing of this kind is watched there.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Why it is as it is; required where it switches something off.</summary>
    public string? Reason { get; init; }

    /// <summary>The version that the user saw, 0 if the rule was not there; null if it does not matter.</summary>
    public int? SeenVersion { get; init; }

    /// <summary>A version of a rule as a draft.</summary>
    public static RuleDraft Of(AlarmRule rule) => new()
    {
        Key = rule.Key,
        Kind = rule.Kind,
        Type = rule.Type,
        Place = RulePlace.Of(rule),
        Conditions = rule.Conditions,
        IsEnabled = rule.IsEnabled,
        Reason = rule.Reason,
        SeenVersion = rule.Version,
    };

    /// <summary>Whether a version of a rule is as this draft says.</summary>
    public bool IsSameAs(AlarmRule rule) => this with { SeenVersion = null } == Of(rule) with { SeenVersion = null };
}

/// <summary>Where a rule applies; all null for the whole site.</summary>
public sealed record RulePlace
{
    /// <summary>The whole site.</summary>
    public static readonly RulePlace Site = new();

    /// <summary>A location with everything in it.</summary>
    public int? LocationId { get; init; }

    /// <summary>A location by its name after those of the locations it lies in; it is made if it is missing.</summary>
    public IReadOnlyList<string>? Path { get; init; }

    /// <summary>A measuring point.</summary>
    public int? PointId { get; init; }

    /// <summary>The measuring point of a logger; the rule waits for a logger that was not heard yet.</summary>
    public string? Serial { get; init; }

    /// <summary>The channel at the point; null for all channels.</summary>
    public byte? Channel { get; init; }

    /// <summary>Whether it is the whole site.</summary>
    public bool IsSite => this == Site;

    /// <summary>Whether it is a point or a channel of one.</summary>
    public bool IsPoint => PointId is not null || Serial is not null;

    /// <summary>Where a version of a rule applies.</summary>
    public static RulePlace Of(AlarmRule rule) => new()
    {
        LocationId = rule.LocationId,
        PointId = rule.PointId,
        Serial = rule.PointId is null ? rule.Serial : null,
        Channel = rule.Channel,
    };
}
