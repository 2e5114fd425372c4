using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms;

/// <summary>
/// One occurrence of a rule: from the first reading outside to the first one inside again. Times of readings are measured times in Unix
/// ms. An alarm is active or ended, and open or acknowledged.
/// </summary>
public sealed class Alarm
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>What is watched.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>The measurement type, or what is watched at a gateway or the portal (<see cref="AlarmRule.Type"/>); empty for loggers.</summary>
    public required string Type { get; init; }

    /// <summary>The measuring point; null for gateways and the portal.</summary>
    public int? PointId { get; init; }

    /// <summary>The channel at the point; 0 if it is about the whole logger, a gateway or the portal.</summary>
    public byte Channel { get; init; }

    /// <summary>The logger that measured when it began; null for gateways and the portal.</summary>
    public int? LoggerId { get; init; }

    /// <summary>The gateway; null for points and the portal.</summary>
    public int? GatewayId { get; init; }

    /// <summary>The key of the channel of notifications that fails; null for all others.</summary>
    public string? DeliveryChannel { get; init; }

    /// <summary>The version of the rule that was in force when it was raised.</summary>
    public required int RuleId { get; set; }

    /// <summary>The highest level it has reached.</summary>
    public required AlarmLevel Level { get; set; }

    /// <summary>Its level now, or at its end.</summary>
    public required AlarmLevel LevelNow { get; set; }

    /// <summary>The first reading outside.</summary>
    public required long BeganMs { get; set; }

    /// <summary>The last reading inside before it: it began between the two. Null if there was none.</summary>
    public long? BeganAfterMs { get; set; }

    /// <summary>When the message arrived that completed the condition, Unix ms.</summary>
    public required long RaisedMs { get; set; }

    /// <summary>The reading that completed the condition.</summary>
    public required long CompletedMs { get; set; }

    /// <summary>The last reading outside; while it is active, one of those that changed something else as well.</summary>
    public required long LastOutsideMs { get; set; }

    /// <summary>The first reading inside again, or the time from which nothing is judged any more; null while it is active.</summary>
    public long? EndedMs { get; set; }

    /// <summary>How it ended; null while it is active.</summary>
    public AlarmEnd? End { get; set; }

    /// <summary>The worst value; null if there is no figure.</summary>
    public double? Peak { get; set; }

    /// <summary>When the worst value was measured.</summary>
    public required long PeakMs { get; set; }

    /// <summary>How far the worst value was outside.</summary>
    public double Extent { get; set; }

    /// <summary>The limit that the worst value was outside of; null if there is none.</summary>
    public double? Limit { get; set; }

    /// <summary>Whether it was over already when it became known.</summary>
    public bool IsFoundAfterwards { get; init; }

    /// <summary>When the readings turned out not to justify it; null for all others.</summary>
    public DateTimeOffset? WithdrawnUtc { get; set; }

    /// <summary>The alarm that it turned out to be a part of; null for all others.</summary>
    public int? WithdrawnIntoId { get; set; }

    /// <summary>The alarm that explains it, such as that of the gateway of a silent logger; null if nothing does.</summary>
    public int? CauseId { get; set; }

    /// <summary>When it was acknowledged; null while it is open.</summary>
    public DateTimeOffset? AcknowledgedUtc { get; set; }

    /// <summary>Who acknowledged it, as written in the audit trail.</summary>
    public string? AcknowledgedBy { get; set; }

    /// <summary>What was done about it.</summary>
    public string? Comment { get; set; }

    /// <summary>Why it happened, one of the site's words for causes.</summary>
    public string? CauseWord { get; set; }

    /// <summary>What was done, one of the site's words for actions.</summary>
    public string? ActionWord { get; set; }

    /// <summary>Who is on it, as written in the audit trail; null if nobody is.</summary>
    public string? TakenBy { get; set; }

    /// <summary>Until when it is snoozed; null if it is not.</summary>
    public DateTimeOffset? SnoozedUntilUtc { get; set; }

    /// <summary>How often in a row it was snoozed: since it was raised, or since it last got worse or was acknowledged.</summary>
    public int Snoozes { get; set; }

    /// <summary>Counts changes by people, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }

    /// <summary>Whether it goes on.</summary>
    public bool IsActive => EndedMs is null && WithdrawnUtc is null;

    /// <summary>Whether a person still has to say what was done about it.</summary>
    public bool IsOpen => AcknowledgedUtc is null && WithdrawnUtc is null;

    /// <summary>
    /// Takes back what people said of it when it was milder: it is open again, and no snooze keeps it quiet.
    /// </summary>
    /// <returns>Whether it was acknowledged.</returns>
    internal bool GetsWorse()
    {
        var wasAcknowledged = AcknowledgedUtc is not null;
        EndSnoozes();
        (AcknowledgedUtc, AcknowledgedBy) = (null, null);
        (Comment, CauseWord, ActionWord) = (null, null, null);
        return wasAcknowledged;
    }

    /// <summary>Nothing keeps it quiet any more, and snoozes are counted anew.</summary>
    internal void EndSnoozes() => (SnoozedUntilUtc, Snoozes) = (null, 0);
}

/// <summary>How an alarm ended.</summary>
public enum AlarmEnd : byte
{
    /// <summary>A reading was inside again, or the condition does not hold any more.</summary>
    Inside = 1,

    /// <summary>Nothing is judged there any more: the rule was ended or switched off, or the logger is held, set to N or retired.</summary>
    Unjudged = 2,

    /// <summary>A person closed it because the sensor is gone.</summary>
    Closed = 3,
}
