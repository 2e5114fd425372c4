using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Drills;

/// <summary>What somebody wants of a drill.</summary>
/// <param name="Chain">The key of the chain; null to tell whoever would be told of an alarm now.</param>
/// <param name="Level">The level of that alarm; that of the chain counts if one is given.</param>
/// <param name="PointId">The measuring point of that alarm; null for a gateway or the portal.</param>
/// <param name="IsAtOnce">Whether all steps are told at once.</param>
public sealed record DrillWish(string? Chain, AlarmLevel Level, int? PointId, bool IsAtOnce);

/// <summary>What came of starting a drill.</summary>
/// <param name="Fault">What is wrong; null if it is started.</param>
/// <param name="DrillId">The drill; 0 if it was not started.</param>
public sealed record DrillOutcome(DrillFault? Fault, int DrillId = 0);

/// <summary>Why a drill was not started.</summary>
public enum DrillFault : byte
{
    /// <summary>Another one goes on.</summary>
    AlreadyOn,

    /// <summary>Nobody would be told.</summary>
    Nobody,

    /// <summary>There is no such chain or point any more.</summary>
    Gone,
}

/// <summary>What the audit trail says of drills.</summary>
internal static class DrillAudit
{
    public const string Started = "drill started";
    public const string Confirmed = "drill confirmed";
    public const string Ended = "drill ended";
}
