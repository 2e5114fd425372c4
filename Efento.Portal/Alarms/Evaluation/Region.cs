namespace Efento.Portal.Alarms.Evaluation;

/// <summary>What occurred in a part of the past of a channel. Alarms on record there have to agree with it.</summary>
/// <param name="AfterMs">The part begins after this time, Unix ms: nothing occurred then.</param>
/// <param name="UntilMs">The part ends with this time, Unix ms: nothing occurred then, or it is the present.</param>
/// <param name="Occurrences">All that occurred in it.</param>
/// <param name="IsLate">Whether readings came for a time that had been judged before.</param>
/// <param name="FirstMs">
/// The first reading, if what was before it is not there any more, Unix ms: an alarm that began before it keeps its begin. Else null.
/// </param>
internal sealed record Region(long AfterMs, long UntilMs, IReadOnlyList<Occurrence> Occurrences, bool IsLate, long? FirstMs = null)
{
    /// <summary>
    /// Whether all that happened is that what occurred before goes on: another reading was outside, by no more than others.
    /// </summary>
    public bool MerelyGoesOn { get; init; }
}

/// <summary>The readings of a channel in the store.</summary>
internal interface ISampleSource
{
    /// <summary>The readings measured in [<paramref name="fromMs"/>, <paramref name="toMs"/>) (Unix ms), in this order.</summary>
    IReadOnlyList<Sample> Read(long fromMs, long toMs);

    /// <summary>When the newest reading was measured, Unix ms; null if there is none.</summary>
    long? NewestMs { get; }

    /// <summary>
    /// A message that was committed before anything was read here, and with it all messages with lower ids; 0 if none is known.
    /// </summary>
    long CommittedMessage { get; }

    /// <summary>No reading was measured before this time, Unix ms; <see cref="long.MinValue"/> if that is not known.</summary>
    long OldestMs { get; }
}
