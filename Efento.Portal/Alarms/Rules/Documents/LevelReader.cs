using Efento.Portal.Alarms.Rules.Editing;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>Reads the conditions of a level.</summary>
internal static class LevelReader
{
    /// <summary>The conditions of a level; null if there are none. Fields that the kind does not have are faults.</summary>
    public static LevelConditions? LevelOf(FieldReader rule, string name, RuleKind kind, string? type)
    {
        if (rule.Within(name) is not { } fields)
        {
            return null;
        }

        var has = RuleShape.Of(kind, type).Fields;
        var level = new LevelConditions
        {
            Low = has.HasFlag(LevelFields.Low) ? fields.Number("low") : null,
            High = has.HasFlag(LevelFields.High) ? fields.Number("high") : null,
            DelayMs = has.HasFlag(LevelFields.Delay) ? fields.Time("delay", RuleFaultKind.Delay) ?? 0 : 0,
            HighDelayMs = has.HasFlag(LevelFields.HighDelay) ? fields.Time("highDelay", RuleFaultKind.Delay) : null,
            CumulativeInMs = has.HasFlag(LevelFields.CumulativeIn) ? fields.Time("cumulativeIn", RuleFaultKind.Window) : null,
            Change = has.HasFlag(LevelFields.Change) ? fields.Number("change") : null,
            WithinMs = has.HasFlag(LevelFields.Within) ? fields.Time("in", RuleFaultKind.Window) : null,
            Is = has.HasFlag(LevelFields.Is) ? StateOf(fields, type) : null,
            Below = has.HasFlag(LevelFields.Below) ? fields.Number(RuleFields.BelowOf(kind)) : null,
            WhenLate = has.HasFlag(LevelFields.When) ? IsWhenLate(fields) : null,
        };
        fields.End();
        return level;
    }

    private static int? StateOf(FieldReader fields, string? type)
    {
        var name = fields.Text("is");
        var state = name is null ? null : StateNames.Parse(type, name);
        if (name is not null && state is null)
        {
            fields.Fail(RuleFaultKind.OneOf, "is", string.Join(", ", StateNames.AllOf(type)));
        }

        return state;
    }

    private static bool? IsWhenLate(FieldReader fields)
    {
        var when = fields.Text("when");
        if (when is not (null or RuleFields.Late or RuleFields.Silent))
        {
            fields.Fail(RuleFaultKind.OneOf, "when", $"{RuleFields.Late}, {RuleFields.Silent}");
        }

        return when is null ? null : when == RuleFields.Late;
    }
}
