using Efento.Portal.Alarms.Rules;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Lists;

/// <summary>An alarm for display, with the names of what it is about as they are now.</summary>
/// <param name="Alarm">The alarm; not to be changed.</param>
/// <param name="Rule">The version of the rule that was in force when it was raised.</param>
/// <param name="Point">The measuring point; null for gateways and the portal.</param>
/// <param name="Serial">The serial of the logger that measured when it began; null for gateways and the portal.</param>
/// <param name="Gateway">The name of the gateway; null for all others.</param>
public sealed record AlarmLine(Alarm Alarm, AlarmRule Rule, AlarmPoint? Point, string? Serial, string? Gateway)
{
    /// <summary>The measurement type; null if it is about none.</summary>
    public MeasurementType? Type { get; } =
        Alarm.Kind is RuleKind.Limits or RuleKind.Rate or RuleKind.State or RuleKind.SensorError ? MeasurementTypes.Get(Alarm.Type) : null;

    /// <summary>Whether the logger has several channels that measure the same, so that the channel has to be told.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>How many alarms it explains, of those that are in the same list; they are not in it themselves.</summary>
    public int Explains { get; init; }

    /// <summary>Its state.</summary>
    public AlarmState State =>
        Alarm.WithdrawnUtc is not null ? AlarmState.Withdrawn : Alarm.EndedMs is null ? AlarmState.Active : AlarmState.Ended;
}

/// <summary>The measuring point of an alarm.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">The names of its location and of those around it; null if it lies in none.</param>
/// <param name="LocationId">Its location; null if it lies in none.</param>
public sealed record AlarmPoint(int Id, string Name, string? Place, int? LocationId);
