namespace Efento.Portal.Timeline;

/// <summary>A user's note about a time of a measuring point, for what no logger measures.</summary>
public sealed class PointNote
{
    /// <summary>The most letters of a note.</summary>
    public const int MostLetters = 300;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The measuring point.</summary>
    public required int PointId { get; init; }

    /// <summary>The time it is about.</summary>
    public required DateTimeOffset AtUtc { get; set; }

    /// <summary>The text.</summary>
    public required string Text { get; set; }

    /// <summary>Who wrote it, as written in the audit trail.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Their account; null for a command.</summary>
    public int? WriterId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset WrittenUtc { get; init; }

    /// <summary>When it was last changed; null if it never was.</summary>
    public DateTimeOffset? ChangedUtc { get; set; }

    /// <summary>Counts changes, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}

/// <summary>A note as a user enters it.</summary>
/// <param name="AtUtc">The time it is about; not in the future.</param>
/// <param name="Text">The text: 1 to <see cref="PointNote.MostLetters"/> letters.</param>
public sealed record NoteDraft(DateTimeOffset AtUtc, string Text);

/// <summary>The outcome of writing, changing or deleting a note.</summary>
public enum NoteOutcome
{
    /// <summary>It is done, or nothing needed to change.</summary>
    Done,

    /// <summary>
    /// Somebody else changed or deleted it in the meantime, or the user may not see the point; nothing was overwritten.
    /// </summary>
    ChangedMeanwhile,

    /// <summary>The text is empty.</summary>
    TextMissing,

    /// <summary>The text is longer than it may be.</summary>
    TooLong,

    /// <summary>The time lies in the future.</summary>
    TimeAhead,

    /// <summary>Somebody else wrote it, and the user is not an administrator.</summary>
    NotTheirs,
}
