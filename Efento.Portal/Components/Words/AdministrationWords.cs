using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest;

namespace Efento.Portal.Components.Words;

/// <summary>What was decided about loggers and points, as people read it.</summary>
public static class AdministrationWords
{
    /// <summary>Y or N.</summary>
    public static string Letter(bool synchronise) => synchronise ? "Y" : "N";

    /// <summary>So many loggers.</summary>
    public static string Loggers(int count) => count == 1 ? "1 logger" : $"{count} loggers";

    /// <summary>Why a logger's flag stays.</summary>
    public static string Why(FlagLeftAloneReason why, bool synchronise) => why switch
    {
        FlagLeftAloneReason.Held => "held: stays Y until it is approved or refused",
        FlagLeftAloneReason.Refused => "refused: stays N until it is approved",
        _ => $"is {Letter(synchronise)} already",
    };

    /// <summary>Why a change of a point was not made; null if it was.</summary>
    public static string? Fault(PointOutcome outcome) => outcome switch
    {
        PointOutcome.Done => null,
        PointOutcome.ChangedMeanwhile => "Not changed: somebody else changed it after this page showed it. Below is what it is now.",
        PointOutcome.NameMissing => "Not changed: a name is needed.",
        PointOutcome.TooLong => $"Not changed: a name or place has {PointNaming.MostLetters} letters at most.",
        PointOutcome.TimeAhead => "Not changed: the time lies ahead.",
        PointOutcome.TimeTooEarly => "Not changed: after that time the point or the logger was already assigned otherwise. Choose a later one.",
        PointOutcome.AlreadyThere => "Not changed: that logger measures here already.",
        PointOutcome.LoggerNotInUse => "Not changed: that logger is held, refused or retired.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>What a policy means for a logger never heard of.</summary>
    public static string Meaning(UnknownLoggerPolicy policy) => policy switch
    {
        UnknownLoggerPolicy.Accept => "A new logger is stored, shown and answered Y at once.",
        UnknownLoggerPolicy.Hold => "A new logger is stored and answered Y, so nothing is lost, but hidden until somebody approves it here.",
        _ => "A new logger is not stored and is answered N: its gateway throws its measurements away.",
    };
}
