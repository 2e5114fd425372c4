namespace Efento.Portal.Alarms;

/// <summary>Something that happened to an alarm. Events are never changed or deleted.</summary>
public sealed class AlarmEvent
{
    /// <summary>The most letters of a comment or reason.</summary>
    public const int MostLetters = 1000;

    /// <summary>The key; it ascends with time.</summary>
    public long Id { get; init; }

    /// <summary>The alarm.</summary>
    public required int AlarmId { get; set; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>What happened.</summary>
    public required AlarmEventKind Kind { get; init; }

    /// <summary>Who did it, as written in the audit trail; null for the portal.</summary>
    public string? By { get; init; }

    /// <summary>The comment or reason; null if there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The level from then on; null if it is not about the level.</summary>
    public AlarmLevel? Level { get; init; }

    /// <summary>A time that it is about: the begin or end that moved, the end of a snooze; Unix ms, or null.</summary>
    public long? AboutMs { get; init; }

    /// <summary>Another alarm that it is about; null if there is none.</summary>
    public int? OtherId { get; init; }
}

/// <summary>What can happen to an alarm. The numbers are stored.</summary>
public enum AlarmEventKind : byte
{
    /// <summary>It was raised.</summary>
    Raised = 1,

    /// <summary>It rose to a higher level.</summary>
    Rose = 2,

    /// <summary>It fell to a lower level.</summary>
    Fell = 3,

    /// <summary>It ended.</summary>
    Ended = 4,

    /// <summary>Late readings moved its begin.</summary>
    BeginMoved = 5,

    /// <summary>Late readings moved its end, or it goes on although it had ended.</summary>
    EndMoved = 6,

    /// <summary>Late readings changed its peak.</summary>
    PeakMoved = 7,

    /// <summary>The readings do not justify it any more.</summary>
    Withdrawn = 8,

    /// <summary>It got worse after it was acknowledged, and is open again.</summary>
    Reopened = 9,

    /// <summary>A cause explains it from then on.</summary>
    Explained = 10,

    /// <summary>A person acknowledged it.</summary>
    Acknowledged = 11,

    /// <summary>A person took it on.</summary>
    TakenOn = 12,

    /// <summary>It was handed over to somebody else.</summary>
    HandedOver = 13,

    /// <summary>A person snoozed it.</summary>
    Snoozed = 14,

    /// <summary>A person closed it because the sensor is gone.</summary>
    Closed = 15,

    /// <summary>What explained it is over, and it goes on.</summary>
    Unexplained = 16,
}
