namespace Efento.Portal.Alarms.People;

/// <summary>The outcome of what a person wanted to do about alarms.</summary>
/// <param name="Fault">Why it was not done; null if it was.</param>
/// <param name="By">Who had done it before; null if nobody had.</param>
/// <param name="AtUtc">When they had done it; null if nobody had.</param>
internal sealed record AlarmOutcome(AlarmFault? Fault, string? By = null, DateTimeOffset? AtUtc = null)
{
    /// <summary>It is done.</summary>
    public static AlarmOutcome Done { get; } = new((AlarmFault?)null);

    /// <summary>Whether it is done.</summary>
    public bool IsDone => Fault is null;
}

/// <summary>Why something was not done about an alarm.</summary>
internal enum AlarmFault
{
    /// <summary>There is no such alarm, or the person may not see it.</summary>
    Unknown,

    /// <summary>The comment or reason is empty.</summary>
    TextMissing,

    /// <summary>The comment or reason is longer than it may be.</summary>
    TooLong,

    /// <summary>Somebody else acknowledged it before.</summary>
    AlreadyAcknowledged,

    /// <summary>Somebody else changed it since the person looked.</summary>
    ChangedMeanwhile,

    /// <summary>It was handed over to somebody who may not see it, or not act.</summary>
    NobodyThere,

    /// <summary>It is over, so that there is nothing to do any more.</summary>
    Over,

    /// <summary>The time to snooze is longer than a day, or not in the future.</summary>
    SnoozeTooLong,

    /// <summary>It was snoozed three times in a row.</summary>
    SnoozedTooOften,
}
