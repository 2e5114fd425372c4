using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>What is wrong with a draft by itself.</summary>
internal static class RuleChecks
{
    /// <summary>The draft in the form in which rules are stored: types by their keys, and what is meant without being said.</summary>
    public static RuleDraft Normalised(RuleDraft draft) => draft with
    {
        Type = draft switch
        {
            { Type: null or "" } => null,
            { Kind: RuleKind.Gateway or RuleKind.Portal } or { Type.Length: > MeasurementTypes.MaxNameLength } => draft.Type,
            _ => MeasurementTypes.Get(draft.Type).Key,
        },
        Conditions = draft.Conditions with
        {
            Warning = Normalised(draft.Kind, draft.Conditions.Warning),
            Critical = Normalised(draft.Kind, draft.Conditions.Critical),
        },
        Reason = string.IsNullOrWhiteSpace(draft.Reason) ? null : draft.Reason.Trim(),
    };

    /// <summary>The faults of a normalised draft.</summary>
    public static IEnumerable<RuleFault> FaultsOf(RuleDraft draft)
    {
        var shape = RuleShape.Of(draft.Kind, draft.Type);
        return
        [
            .. OfKey(draft),
            .. OfPlace(draft, shape),
            .. OfType(draft, shape),
            .. OfReason(draft),
            .. LevelChecks.FaultsOf(draft, shape.Fields),
        ];
    }

    /// <summary>Whether a character may be part of a key.</summary>
    internal static bool IsOfKeys(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static LevelConditions? Normalised(RuleKind kind, LevelConditions? level) => level is null ? null : level with
    {
        Is = kind is RuleKind.State ? level.Is ?? 1 : level.Is,
        WhenLate = kind is RuleKind.Silence ? level.WhenLate ?? false : level.WhenLate,
    };

    private static IEnumerable<RuleFault> OfKey(RuleDraft draft)
    {
        if (draft.Key is { } key && (key.Length is 0 or > AlarmRule.MostLetters || !key.All(IsOfKeys)))
        {
            yield return new(RuleFaultKind.Key, "key", key);
        }
    }

    private static IEnumerable<RuleFault> OfPlace(RuleDraft draft, RuleShape shape)
    {
        if (shape.Subjects is not null && !draft.Place.IsSite)
        {
            yield return new(RuleFaultKind.PlaceOfSite, "place");
        }
        else if (draft.Place is { Channel: not null, IsPoint: false })
        {
            yield return new(RuleFaultKind.ChannelWithoutPoint, "place");
        }
        else if (draft.Place.Channel is not null && !shape.IsOfChannel)
        {
            yield return new(RuleFaultKind.ChannelOfLogger, "place.channel");
        }
    }

    private static IEnumerable<RuleFault> OfType(RuleDraft draft, RuleShape shape)
    {
        var fault = draft.Type switch
        {
            null when shape.Subjects is not null => new(RuleFaultKind.TypeUnknown, "event", string.Join(", ", shape.Subjects)),
            null => shape.NeedsType && draft.IsEnabled ? new RuleFault(RuleFaultKind.TypeMissing, "type") : null,
            { } subject when shape.Subjects is not null =>
                shape.Subjects.Contains(subject) ? null : new(RuleFaultKind.TypeUnknown, "event", string.Join(", ", shape.Subjects)),
            _ when !shape.IsOfChannel => new(RuleFaultKind.TypeOfLogger, "type"),
            { Length: > MeasurementTypes.MaxNameLength } => new(RuleFaultKind.TypeName, "type"),
            { } type => OfType(draft.Kind, MeasurementTypes.Get(type)),
        };
        return fault is null ? [] : [fault];
    }

    /// <summary>Unknown types may be anything.</summary>
    private static RuleFault? OfType(RuleKind kind, MeasurementType type) => (kind, type.Kind) switch
    {
        _ when !type.IsKnown => null,
        (RuleKind.Limits, MeasurementKind.Binary) => new(RuleFaultKind.TypeForLimits, "type", type.Name),
        (RuleKind.Rate, not MeasurementKind.Continuous) => new(RuleFaultKind.TypeForRate, "type", type.Name),
        (RuleKind.State, not MeasurementKind.Binary) => new(RuleFaultKind.TypeForState, "type", type.Name),
        _ => null,
    };

    private static IEnumerable<RuleFault> OfReason(RuleDraft draft)
    {
        if (!draft.IsEnabled && draft.Reason is null)
        {
            yield return new(RuleFaultKind.ReasonMissing, "reason");
        }

        if (draft.Reason is { Length: > AlarmEvent.MostLetters })
        {
            yield return new(RuleFaultKind.ReasonLong, "reason");
        }
    }
}
