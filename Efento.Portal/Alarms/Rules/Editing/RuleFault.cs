namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>What is wrong with a draft. <see cref="RuleWords"/> puts it into words.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Field">The field of the draft as rules.json names it, such as <c>critical.low</c>; empty if it is the draft as a whole.</param>
/// <param name="About">What it is about: the value, or what would be right.</param>
public sealed record RuleFault(RuleFaultKind Kind, string Field = "", string About = "")
{
    /// <summary>The number of the draft, from 0; null if it is about none.</summary>
    public int? Draft { get; init; }
}

/// <summary>What can be wrong with a draft of a rule.</summary>
public enum RuleFaultKind
{
    /// <summary>The margin is wider than half of the band between the limits, which is told.</summary>
    BandNarrow,

    /// <summary>No figure says below what an alarm begins.</summary>
    BelowMissing,

    /// <summary>The figure below which an alarm begins is not within the range that is told.</summary>
    BelowRange,

    /// <summary>A rule that is built in can't end.</summary>
    BuiltInEnded,

    /// <summary>A rule that is built in can't watch something else or be somewhere else.</summary>
    BuiltInMoved,

    /// <summary>The change must be above 0.</summary>
    ChangeMissing,

    /// <summary>Somebody changed the rule in the meantime.</summary>
    ChangedMeanwhile,

    /// <summary>A channel is named, but the place is no point.</summary>
    ChannelWithoutPoint,

    /// <summary>The kind is about the whole logger and has no channel.</summary>
    ChannelOfLogger,

    /// <summary>The delay is not a time that can be waited.</summary>
    Delay,

    /// <summary>The delay is longer than the time it is added up in.</summary>
    DelayBeyondWindow,

    /// <summary>The kind does not have this field.</summary>
    FieldUnknown,

    /// <summary>It must be true or false.</summary>
    Flag,

    /// <summary>It would be in force from a time that has not come.</summary>
    FromAhead,

    /// <summary>A delay above the upper limit is given, but not both limits.</summary>
    HighDelay,

    /// <summary>The document is no JSON.</summary>
    Json,

    /// <summary>The name has other characters than it may, or too many.</summary>
    Key,

    /// <summary>The name is there twice.</summary>
    KeyTwice,

    /// <summary>No level has conditions.</summary>
    LevelMissing,

    /// <summary>A level has neither limit.</summary>
    LimitMissing,

    /// <summary>There must be a list of rules.</summary>
    List,

    /// <summary>Nothing is between the limits.</summary>
    LowAboveHigh,

    /// <summary>The margin is below 0.</summary>
    Margin,

    /// <summary>A figure is no number.</summary>
    Number,

    /// <summary>It must be an object.</summary>
    NoObject,

    /// <summary>It must be one of the words that are told.</summary>
    OneOf,

    /// <summary>The location's name can't be used, or it would lie too deep.</summary>
    Path,

    /// <summary>The place does not exist any more.</summary>
    PlaceGone,

    /// <summary>It is no place.</summary>
    PlaceForm,

    /// <summary>The kind is about the whole site.</summary>
    PlaceOfSite,

    /// <summary>The reason is missing.</summary>
    ReasonMissing,

    /// <summary>The reason is too long.</summary>
    ReasonLong,

    /// <summary>There is no such rule.</summary>
    RuleGone,

    /// <summary>The serial is not one.</summary>
    Serial,

    /// <summary>The state is neither 0 nor 1.</summary>
    State,

    /// <summary>The levels are about different states.</summary>
    StatesDiffer,

    /// <summary>It must be a text.</summary>
    Text,

    /// <summary>There are two rules of a kind and type at one place; the other one is told.</summary>
    Twice,

    /// <summary>The type makes no sense for the kind; what would is told.</summary>
    TypeForLimits,

    /// <summary>The type makes no sense for the kind; what would is told.</summary>
    TypeForRate,

    /// <summary>The type makes no sense for the kind; what would is told.</summary>
    TypeForState,

    /// <summary>The type is missing.</summary>
    TypeMissing,

    /// <summary>The name of the type is too long or empty.</summary>
    TypeName,

    /// <summary>The kind has no type.</summary>
    TypeOfLogger,

    /// <summary>What is watched at a gateway or the portal is none of those that are told.</summary>
    TypeUnknown,

    /// <summary>The limit of a warning lies outside that of a critical alarm.</summary>
    WarningBeyondCritical,

    /// <summary>A warning comes later than a critical alarm.</summary>
    WarningLate,

    /// <summary>It must be a whole number from 1 to the one that is told.</summary>
    Whole,

    /// <summary>The time in which something changes or is added up is not one.</summary>
    Window,
}
