using Efento.Portal.Access;

namespace Efento.Portal.Devices.Administration;

/// <summary>A decision to set flags: who, when and why.</summary>
internal sealed record FlagDecision(Actor Actor, DateTimeOffset AtUtc, string? Reason)
{
    /// <summary>Sets a logger's flag.</summary>
    public DecisionNote Set(Logger logger, bool synchronise)
    {
        var note = new DecisionNote(SynchroniseSwitch.Action, Letter(logger.Synchronise), Letter(synchronise), Reason);
        (
            logger.Synchronise, logger.SynchroniseSetUtc, logger.SynchroniseSetBy, logger.SynchroniseReason) = (synchronise, AtUtc,
            Actor.Name, Reason);
        return note;
    }

    private static string Letter(bool synchronise) => synchronise ? "Y" : "N";
}
