using Efento.Portal.Configuration;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about decisions on loggers and points.</summary>
internal static class AdministrationWords
{
    /// <summary>The letter Y or N.</summary>
    public static string Letter(bool synchronise) => synchronise ? "Y" : "N";

    /// <summary>A number of loggers.</summary>
    public static string Loggers(int count) => AdministrationText.Loggers(count);

    /// <summary>Why a logger's flag was not changed.</summary>
    public static string Why(UnchangedFlagReason why, bool synchronise) => why switch
    {
        UnchangedFlagReason.Held => AdministrationText.FlagHeld,
        UnchangedFlagReason.Refused => AdministrationText.FlagRefused,
        _ => AdministrationText.FlagAlready(Letter(synchronise)),
    };

    /// <summary>Why a change of a point was not made; null if it was.</summary>
    public static string? Fault(PointOutcome outcome) => outcome switch
    {
        PointOutcome.Done => null,
        PointOutcome.ChangedMeanwhile => AdministrationText.ChangedMeanwhile,
        PointOutcome.NameMissing => AdministrationText.NameMissing,
        PointOutcome.TooLong => AdministrationText.TooLong(PointLabel.MostLetters),
        PointOutcome.NotOneLine => AdministrationText.NotOneLine,
        PointOutcome.NoSuchLocation => AdministrationText.NoSuchLocation,
        PointOutcome.TimeAhead => AdministrationText.TimeInFuture,
        PointOutcome.TimeTooEarly => AdministrationText.TimeTooEarly,
        PointOutcome.AlreadyThere => AdministrationText.AlreadyThere,
        PointOutcome.LoggerNotInUse => AdministrationText.LoggerNotInUse,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>Why points were not changed, the first reason; null if they were.</summary>
    public static string? Fault(IReadOnlyList<PointFault> faults) => faults is [var first, ..] ? Fault(first.Why) : null;

    /// <summary>Why a gateway was not renamed; null if it was.</summary>
    public static string? Fault(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Done => null,
        GatewayOutcome.ChangedMeanwhile => AdministrationText.ChangedMeanwhile,
        GatewayOutcome.NameMissing => AdministrationText.NameMissing,
        GatewayOutcome.TooLong => AdministrationText.NoteTooLong(GatewayNaming.MostLetters, GatewayNaming.MostLettersOfNote),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>The name of a policy.</summary>
    public static string Name(UnknownLoggerPolicy policy) => policy switch
    {
        UnknownLoggerPolicy.Accept => AdministrationText.Accept,
        UnknownLoggerPolicy.Hold => AdministrationText.Hold,
        _ => AdministrationText.Ignore,
    };

    /// <summary>What a policy means for an unknown logger.</summary>
    public static string Meaning(UnknownLoggerPolicy policy) => policy switch
    {
        UnknownLoggerPolicy.Accept => AdministrationText.PolicyAccept,
        UnknownLoggerPolicy.Hold => AdministrationText.PolicyHold,
        _ => AdministrationText.PolicyIgnore,
    };
}
