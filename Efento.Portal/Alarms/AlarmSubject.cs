using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms;

/// <summary>
/// What an alarm is about: a channel of a measuring point, a logger, a gateway or the portal. Each has one alarm at a time.
/// </summary>
/// <param name="Kind">What is watched.</param>
/// <param name="Type">The measurement type, or what is watched at a gateway or the portal; empty for loggers.</param>
/// <param name="PointId">The measuring point; null for gateways and the portal.</param>
/// <param name="Channel">The channel; 0 if it is about no channel.</param>
/// <param name="GatewayId">The gateway; null for points and the portal.</param>
/// <param name="DeliveryChannel">The key of the channel of notifications that fails; null for all others.</param>
internal readonly record struct AlarmSubject(
    RuleKind Kind, string Type, int? PointId, byte Channel = 0, int? GatewayId = null, string? DeliveryChannel = null)
{
    /// <summary>The subject of an alarm on record.</summary>
    public static AlarmSubject Of(Alarm alarm) =>
        new(alarm.Kind, alarm.Type, alarm.PointId, alarm.Channel, alarm.GatewayId, alarm.DeliveryChannel);

    /// <summary>A new alarm.</summary>
    /// <param name="occurrence">What occurred.</param>
    /// <param name="raisedMs">When the message arrived that completed the condition, Unix ms.</param>
    /// <param name="loggerId">The logger that measured when it began; null for gateways and the portal.</param>
    public Alarm Raise(Occurrence occurrence, long raisedMs, int? loggerId) => new()
    {
        Kind = Kind,
        Type = Type,
        PointId = PointId,
        Channel = Channel,
        GatewayId = GatewayId,
        DeliveryChannel = DeliveryChannel,
        LoggerId = loggerId,
        RuleId = occurrence.RuleId,
        Level = occurrence.Level,
        LevelNow = occurrence.LevelNow,
        BeganMs = occurrence.BeganMs,
        BeganAfterMs = occurrence.BeganAfterMs,
        RaisedMs = raisedMs,
        CompletedMs = occurrence.RaisedMs,
        LastOutsideMs = occurrence.LastOutsideMs,
        EndedMs = occurrence.EndedMs,
        End = occurrence.EndedMs is null ? null : occurrence.IsUnjudged ? AlarmEnd.Unjudged : AlarmEnd.Inside,
        Peak = occurrence.Peak,
        PeakMs = occurrence.PeakMs,
        Extent = occurrence.Extent,
        Limit = occurrence.Limit,
        IsFoundAfterwards = occurrence.EndedMs is not null,
    };
}
