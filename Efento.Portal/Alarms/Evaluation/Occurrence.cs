namespace Efento.Portal.Alarms.Evaluation;

/// <summary>
/// One occurrence of a rule, as the readings say: from the first reading outside to the first one inside again. All times are measured
/// times in Unix ms.
/// </summary>
internal sealed record Occurrence
{
    /// <summary>The first reading outside.</summary>
    public required long BeganMs { get; init; }

    /// <summary>The last reading inside before it; null if there is none.</summary>
    public required long? BeganAfterMs { get; init; }

    /// <summary>The reading that completed the condition.</summary>
    public required long RaisedMs { get; init; }

    /// <summary>The newest message of those that the condition took.</summary>
    public required long RaisedBy { get; init; }

    /// <summary>The last reading outside.</summary>
    public required long LastOutsideMs { get; init; }

    /// <summary>The first reading inside again, or when the rule ended; null while it is active.</summary>
    public long? EndedMs { get; init; }

    /// <summary>Whether it ended because nothing is judged there any more.</summary>
    public bool IsUnjudged { get; init; }

    /// <summary>The highest level it has reached.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>Its level at its last reading.</summary>
    public required AlarmLevel LevelNow { get; init; }

    /// <summary>When the peak was measured.</summary>
    public required long PeakMs { get; init; }

    /// <summary>The peak; null if there is no figure.</summary>
    public required double? Peak { get; init; }

    /// <summary>The limit that the peak is outside of; null if there is none.</summary>
    public required double? Limit { get; init; }

    /// <summary>How far the peak is outside.</summary>
    public required double Extent { get; init; }

    /// <summary>The version of the rule that was in force when the condition was completed.</summary>
    public required int RuleId { get; init; }

    /// <summary>The time to which it reaches.</summary>
    public long UntilMs => EndedMs ?? long.MaxValue;
}
