using System.Globalization;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>What is wrong with the conditions of a draft.</summary>
internal static class LevelChecks
{
    /// <summary>The longest delay, and the longest time that something is added up or compared in: 7 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private static readonly long LongestMs = (long)Longest.TotalMilliseconds;

    /// <summary>The faults of a draft whose kind has these fields.</summary>
    public static IEnumerable<RuleFault> FaultsOf(RuleDraft draft, LevelFields fields)
    {
        var (warning, critical, margin) = draft.Conditions;
        if (draft.IsEnabled && warning is null && critical is null)
        {
            return [new(RuleFaultKind.LevelMissing, "critical")];
        }

        List<RuleFault> faults = [.. OfLevel(draft, warning, fields, "warning"), .. OfLevel(draft, critical, fields, "critical")];
        if (margin != 0 && draft.Kind is not RuleKind.Limits)
        {
            faults.Add(new(RuleFaultKind.FieldUnknown, "margin"));
        }

        // Levels are compared when each of them makes sense.
        return faults.Count > 0 ? faults : [.. Between(draft.Kind, warning, critical), .. OfBand(draft.Conditions)];
    }

    private static IEnumerable<RuleFault> OfLevel(RuleDraft draft, LevelConditions? level, LevelFields fields, string name) => level is null
        ? []
        :
        [
            .. StrayFields(level, fields).Select(field => new RuleFault(RuleFaultKind.FieldUnknown, $"{name}.{field}")),
            .. Numbers(level).Select(field => new RuleFault(RuleFaultKind.Number, $"{name}.{field}")),
            .. OfTimes(level, name),
            .. OfFigures(draft, level, fields, name),
        ];

    private static IEnumerable<string> StrayFields(LevelConditions level, LevelFields fields) =>
        from field in new (LevelFields Field, bool IsThere, string Name)[]
        {
            (LevelFields.Low, level.Low is not null, "low"), (LevelFields.High, level.High is not null, "high"),
            (LevelFields.Delay, level.DelayMs != 0, "delay"), (LevelFields.CumulativeIn, level.CumulativeInMs is not null, "cumulativeIn"),
            (LevelFields.Change, level.Change is not null, "change"), (LevelFields.Within, level.WithinMs is not null, "in"),
            (LevelFields.Is, level.Is is not null, "is"), (LevelFields.Below, level.Below is not null, "below"),
            (LevelFields.When, level.WhenLate is not null, "when"), (LevelFields.HighDelay, level.HighDelayMs is not null, "highDelay"),
        }
        where field.IsThere && !fields.HasFlag(field.Field)
        select field.Name;

    private static IEnumerable<string> Numbers(LevelConditions level) =>
        from figure in new[] { (level.Low, "low"), (level.High, "high"), (level.Change, "change"), (level.Below, "below") }
        where figure.Item1 is { } number && !double.IsFinite(number)
        select figure.Item2;

    private static IEnumerable<RuleFault> OfTimes(LevelConditions level, string name)
    {
        foreach (var (delay, field) in new[] { (level.DelayMs, "delay"), (level.HighDelayMs ?? 0, "highDelay") })
        {
            if (delay is < 0 || delay > LongestMs || delay % 1000 != 0)
            {
                yield return new(RuleFaultKind.Delay, $"{name}.{field}");
            }
            else if (level.CumulativeInMs < delay && level.CumulativeInMs > 0)
            {
                yield return new(RuleFaultKind.DelayBeyondWindow, $"{name}.{field}");
            }
        }

        if (level.CumulativeInMs is { } window && !IsWindow(window))
        {
            yield return new(RuleFaultKind.Window, $"{name}.cumulativeIn");
        }
    }

    private static IEnumerable<RuleFault> OfFigures(RuleDraft draft, LevelConditions level, LevelFields fields, string name)
    {
        if (fields.HasFlag(LevelFields.Low) && level is { Low: null, High: null })
        {
            yield return new(RuleFaultKind.LimitMissing, name);
        }

        if (level.HighDelayMs is not null && level is not { Low: not null, High: not null })
        {
            yield return new(RuleFaultKind.HighDelay, $"{name}.highDelay");
        }

        if (fields.HasFlag(LevelFields.Change) && level.Change is not > 0)
        {
            yield return new(RuleFaultKind.ChangeMissing, $"{name}.change");
        }

        if (fields.HasFlag(LevelFields.Within) && (level.WithinMs is not { } within || !IsWindow(within)))
        {
            yield return new(RuleFaultKind.Window, $"{name}.in");
        }

        if (fields.HasFlag(LevelFields.Is) && level.Is is not (0 or 1))
        {
            yield return new(RuleFaultKind.State, $"{name}.is", "on, off");
        }

        if (fields.HasFlag(LevelFields.Below) && OfBelow(draft.Kind, level.Below, name) is { } fault)
        {
            yield return fault;
        }
    }

    private static RuleFault? OfBelow(RuleKind kind, double? below, string level)
    {
        var (field, least, most) = kind is RuleKind.Signal ? ($"{level}.weaker", -150, 0) : ($"{level}.below", 0, 100);
        return below is null ? new(RuleFaultKind.BelowMissing, field)
            : below < least || below > most ? new(RuleFaultKind.BelowRange, field, $"{least}–{most}")
            : null;
    }

    private static IEnumerable<RuleFault> Between(RuleKind kind, LevelConditions? warning, LevelConditions? critical)
    {
        if (warning is null || critical is null)
        {
            yield break;
        }

        if (warning.Low < critical.Low)
        {
            yield return new(RuleFaultKind.WarningBeyondCritical, "warning.low", Text(critical.Low));
        }

        if (warning.High > critical.High)
        {
            yield return new(RuleFaultKind.WarningBeyondCritical, "warning.high", Text(critical.High));
        }

        if (warning.Below < critical.Below)
        {
            yield return new(RuleFaultKind.WarningBeyondCritical, kind is RuleKind.Signal ? "warning.weaker" : "warning.below", Text(critical.Below));
        }

        if (warning.WithinMs == critical.WithinMs && warning.Change > critical.Change)
        {
            yield return new(RuleFaultKind.WarningBeyondCritical, "warning.change", Text(critical.Change));
        }

        if (warning.Is != critical.Is)
        {
            yield return new(RuleFaultKind.StatesDiffer, "warning.is");
        }
        else if (kind is not (RuleKind.Limits or RuleKind.Signal) && warning.DelayMs > critical.DelayMs)
        {
            yield return new(RuleFaultKind.WarningLate, "warning.delay");
        }
    }

    /// <summary>What is inside all limits must be a band, and a value in it must be able to be a margin away from both.</summary>
    private static IEnumerable<RuleFault> OfBand(RuleConditions conditions)
    {
        var low = conditions.Levels.Max(l => l.Low);
        var high = conditions.Levels.Min(l => l.High);
        if (low >= high)
        {
            yield return new(RuleFaultKind.LowAboveHigh, conditions.Critical?.Low == low ? "critical.low" : "warning.low", Text(high));
        }
        else if (!double.IsFinite(conditions.Margin) || conditions.Margin < 0)
        {
            yield return new(RuleFaultKind.Margin, "margin");
        }
        else if (2 * conditions.Margin > high - low)
        {
            yield return new(RuleFaultKind.BandNarrow, "margin", Text((high - low) / 2));
        }
    }

    private static bool IsWindow(long ms) => ms > 0 && ms <= LongestMs && ms % 1000 == 0;

    private static string Text(double? figure) => figure?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
