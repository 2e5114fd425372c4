using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The fields of a rule, in the user's units.</summary>
public sealed class RuleForm
{
    private readonly RuleDraft _of;
    private readonly Units _units;

    /// <summary>The fields of a draft.</summary>
    public RuleForm(RuleDraft draft, Units units)
    {
        (_of, _units) = (draft, units);
        (Kind, Type, Place, IsEnabled, Reason) = (draft.Kind, draft.Type, draft.Place, draft.IsEnabled, draft.Reason);
        Warning = LevelForm.Of(draft.Conditions.Warning, Value, Change);
        Critical = LevelForm.Of(draft.Conditions.Critical, Value, Change);
        Margin = FigureField.Of(draft.Conditions.Margin == 0 ? null : draft.Conditions.Margin, Change);
    }

    /// <summary>What is watched.</summary>
    public RuleKind Kind { get; set; }

    /// <summary>The key of the type, or the subject at a gateway or the portal; null for every type.</summary>
    public string? Type { get; set; }

    /// <summary>Where it applies.</summary>
    public RulePlace Place { get; set; }

    /// <summary>When it is a warning.</summary>
    public LevelForm Warning { get; }

    /// <summary>When it is critical.</summary>
    public LevelForm Critical { get; }

    /// <summary>The margin.</summary>
    public FigureField Margin { get; }

    /// <summary>False: nothing of this kind is watched there.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Why it is as it is.</summary>
    public string? Reason { get; set; }

    /// <summary>What rules of the kind have.</summary>
    public RuleShape Shape => RuleShape.Of(Kind, Type);

    /// <summary>How values of the type are typed.</summary>
    public Figures Value => Figures.Of(Shape.IsOfChannel ? Type : null, isDifference: false, _units);

    /// <summary>How differences of the type are typed.</summary>
    public Figures Change => Value with { IsDifference = true };

    /// <summary>What the rule shall be.</summary>
    public RuleDraft Draft() => _of with
    {
        Kind = Kind,
        Type = Shape is { IsOfChannel: false, Subjects: null } ? null : Type,
        Place = Shape.Subjects is not null ? RulePlace.Site : Shape.IsOfChannel ? Place : Place with { Channel = null },
        Conditions = IsEnabled ? Typed() : (Kind, Type) == (_of.Kind, _of.Type) ? _of.Conditions : new(null, null),
        IsEnabled = IsEnabled,
        Reason = Reason,
    };

    private RuleConditions Typed() => new(
        Warning.Conditions(Shape.Fields, Value, Change), Critical.Conditions(Shape.Fields, Value, Change),
        Kind is RuleKind.Limits ? Margin.Stored(Change) ?? 0 : 0);
}
