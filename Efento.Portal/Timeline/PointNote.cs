namespace Efento.Portal.Timeline;

/// <summary>What somebody wrote down at a time of a measuring point: what no logger measures.</summary>
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

    /// <summary>What is said of that time.</summary>
    public required string Text { get; set; }

    /// <summary>Who wrote it, as the audit trail names them.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Their account; null for a command.</summary>
    public int? WriterId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset WrittenUtc { get; init; }

    /// <summary>When it was last changed; null if it never was.</summary>
    public DateTimeOffset? ChangedUtc { get; set; }

    /// <summary>Counts changes, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }
}

/// <summary>A note as somebody enters it.</summary>
/// <param name="AtUtc">The time it is about; not ahead.</param>
/// <param name="Text">What is said of it: 1 to <see cref="PointNote.MostLetters"/> letters.</param>
public sealed record NoteDraft(DateTimeOffset AtUtc, string Text);

/// <summary>What became of writing, changing or deleting a note.</summary>
public enum NoteOutcome
{
    /// <summary>It is done, or was so already.</summary>
    Done,

    /// <summary>Somebody else changed or deleted it after it was looked at, or the point is gone from sight; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>The text is empty.</summary>
    TextMissing,

    /// <summary>The text is longer than it may be.</summary>
    TooLong,

    /// <summary>The time lies ahead.</summary>
    TimeAhead,

    /// <summary>Somebody else wrote it, and whoever asks is no administrator.</summary>
    NotTheirs,
}
