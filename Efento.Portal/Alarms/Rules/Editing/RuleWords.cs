using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>Puts faults of drafts into words in the current language, for pages, programs and commands.</summary>
internal static class RuleWords
{
    private const string LoggerExample = """{"logger":"282C024FFFB2","channel":1}""";

    private static int Days => LevelChecks.Longest.Days;

    /// <summary>Where the fault is in a document of rules, such as <c>rules[3].critical.low</c>; empty if it is about all of it.</summary>
    public static string PathOf(RuleFault fault) => fault.Draft is not { } number ? fault.Field
        : fault.Field.Length == 0 ? $"rules[{number}]" : $"rules[{number}].{fault.Field}";

    /// <summary>A fault with its place in the document.</summary>
    public static string InWords(RuleFault fault) => PathOf(fault) is { Length: > 0 } path ? $"{path}: {Of(fault)}" : Of(fault);

    /// <summary>A fault in a sentence that says what to do.</summary>
    public static string Of(RuleFault fault) => fault.Kind switch
    {
        RuleFaultKind.BandNarrow => RuleText.BandNarrow(fault.About),
        RuleFaultKind.BelowMissing => RuleText.BelowMissing,
        RuleFaultKind.BelowRange => RuleText.BelowRange(fault.About),
        RuleFaultKind.BuiltInEnded => RuleText.BuiltInEnded(fault.About),
        RuleFaultKind.BuiltInMoved => RuleText.BuiltInMoved(fault.About),
        RuleFaultKind.ChangeMissing => RuleText.ChangeMissing,
        RuleFaultKind.ChangedMeanwhile => RuleText.ChangedMeanwhile,
        RuleFaultKind.ChannelOfLogger => RuleText.ChannelOfLogger,
        RuleFaultKind.ChannelWithoutPoint => RuleText.ChannelWithoutPoint,
        RuleFaultKind.Delay => RuleText.Delay(Days),
        RuleFaultKind.DelayBeyondWindow => RuleText.DelayBeyondWindow,
        RuleFaultKind.FieldUnknown => RuleText.FieldUnknown,
        RuleFaultKind.Flag => RuleText.Flag,
        RuleFaultKind.FromAhead => RuleText.FromAhead,
        RuleFaultKind.HighDelay => RuleText.HighDelay,
        RuleFaultKind.Json => RuleText.Json(fault.About),
        RuleFaultKind.Key => RuleText.Key(AlarmRule.MostLetters),
        RuleFaultKind.KeyTwice => RuleText.KeyTwice(fault.About),
        RuleFaultKind.LevelMissing => RuleText.LevelMissing,
        RuleFaultKind.LimitMissing => RuleText.LimitMissing,
        RuleFaultKind.List => RuleText.List,
        RuleFaultKind.LowAboveHigh => RuleText.LowAboveHigh(fault.About),
        RuleFaultKind.Margin => RuleText.Margin,
        RuleFaultKind.Number => RuleText.Number,
        RuleFaultKind.NoObject => RuleText.NoObject,
        RuleFaultKind.OneOf => RuleText.OneOf(fault.About),
        RuleFaultKind.Path => RuleText.Path(fault.About, Location.MostLetters, Location.MostLevels),
        RuleFaultKind.PlaceForm => RuleText.PlaceForm(LoggerExample),
        RuleFaultKind.PlaceGone => RuleText.PlaceGone,
        RuleFaultKind.PlaceOfSite => RuleText.PlaceOfSite,
        RuleFaultKind.ReasonLong => RuleText.ReasonLong(AlarmEvent.MostLetters),
        RuleFaultKind.ReasonMissing => RuleText.ReasonMissing,
        RuleFaultKind.RuleGone => RuleText.RuleGone(fault.About),
        RuleFaultKind.Serial => RuleText.Serial(fault.About),
        RuleFaultKind.State => RuleText.State(fault.About),
        RuleFaultKind.StatesDiffer => RuleText.StatesDiffer,
        RuleFaultKind.Text => RuleText.Text,
        RuleFaultKind.Twice => RuleText.Twice(fault.About),
        RuleFaultKind.TypeForLimits => RuleText.TypeForLimits(fault.About),
        RuleFaultKind.TypeForRate => RuleText.TypeForRate(fault.About),
        RuleFaultKind.TypeForState => RuleText.TypeForState(fault.About),
        RuleFaultKind.TypeMissing => RuleText.TypeMissing,
        RuleFaultKind.TypeName => RuleText.TypeName(MeasurementTypes.MaxNameLength),
        RuleFaultKind.TypeOfLogger => RuleText.TypeOfLogger,
        RuleFaultKind.TypeUnknown => RuleText.TypeUnknown(fault.About),
        RuleFaultKind.WarningBeyondCritical => RuleText.WarningBeyondCritical(fault.About),
        RuleFaultKind.WarningLate => RuleText.WarningLate,
        RuleFaultKind.Whole => RuleText.Whole(fault.About),
        RuleFaultKind.Window => RuleText.Window(Days),
        _ => throw new NotSupportedException($"{fault.Kind} has no words."),
    };
}
