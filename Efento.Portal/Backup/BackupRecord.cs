namespace Efento.Portal.Backup;

/// <summary>A backup that was made, or why it was not.</summary>
public sealed class BackupRecord
{
    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset BegunUtc { get; init; }

    /// <summary>When it was restored to a scratch place and checked; null if it failed.</summary>
    public DateTimeOffset? CheckedUtc { get; init; }

    /// <summary>The file; of a failed one where it was to be.</summary>
    public required string Path { get; init; }

    /// <summary>Its length; 0 if it failed.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether it is encrypted, and has the keys and secrets.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public BackupFaultKind? Fault { get; init; }

    /// <summary>With what it failed; null if it did not.</summary>
    public string? Detail { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }
}
