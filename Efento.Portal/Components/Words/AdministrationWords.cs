using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest;

namespace Efento.Portal.Components.Words;

/// <summary>What was decided about loggers and points, as people read it.</summary>
public static class AdministrationWords
{
    /// <summary>Y or N.</summary>
    public static string Letter(bool synchronise) => synchronise ? "Y" : "N";

    /// <summary>So many loggers.</summary>
    public static string Loggers(int count) => AdministrationText.Loggers(count);

    /// <summary>Why a logger's flag stays.</summary>
    public static string Why(FlagLeftAloneReason why, bool synchronise) => why switch
    {
        FlagLeftAloneReason.Held => AdministrationText.FlagHeld,
        FlagLeftAloneReason.Refused => AdministrationText.FlagRefused,
        _ => AdministrationText.FlagAlready(Letter(synchronise)),
    };

    /// <summary>Why a change of a point was not made; null if it was.</summary>
    public static string? Fault(PointOutcome outcome) => outcome switch
    {
        PointOutcome.Done => null,
        PointOutcome.ChangedMeanwhile => AdministrationText.ChangedMeanwhile,
        PointOutcome.NameMissing => AdministrationText.NameMissing,
        PointOutcome.TooLong => AdministrationText.TooLong(PointNaming.MostLetters),
        PointOutcome.TimeAhead => AdministrationText.TimeInFuture,
        PointOutcome.TimeTooEarly => AdministrationText.TimeTooEarly,
        PointOutcome.AlreadyThere => AdministrationText.AlreadyThere,
        PointOutcome.LoggerNotInUse => AdministrationText.LoggerNotInUse,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>Why a gateway was not renamed; null if it was.</summary>
    public static string? Fault(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Done => null,
        GatewayOutcome.ChangedMeanwhile => AdministrationText.ChangedMeanwhile,
        GatewayOutcome.NameMissing => AdministrationText.NameMissing,
        GatewayOutcome.TooLong => AdministrationText.NoteTooLong(GatewayNaming.MostLetters, GatewayNaming.MostLettersOfNote),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>What a policy means for a logger never heard of.</summary>
    public static string Meaning(UnknownLoggerPolicy policy) => policy switch
    {
        UnknownLoggerPolicy.Accept => AdministrationText.PolicyAccept,
        UnknownLoggerPolicy.Hold => AdministrationText.PolicyHold,
        _ => AdministrationText.PolicyIgnore,
    };
}
