namespace Efento.Portal.Backup.Holding;

/// <summary>Where the database was last, and whether the portal sends anything. There is one row at most.</summary>
public sealed class PortalPlace
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>The key of the row.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>
    /// When the file of the database was made, in ns since 1970, as the file system says; 0 if it does not. A copy was made at another
    /// time.
    /// </summary>
    public required long BornNs { get; set; }

    /// <summary>Since when nothing is sent; null if everything is.</summary>
    public DateTimeOffset? HeldUtc { get; set; }

    /// <summary>Why nothing is sent; null if everything is.</summary>
    public HoldReason? Reason { get; set; }

    /// <summary>Up to when the database knows what happened; null if it was never restored or copied.</summary>
    public DateTimeOffset? StateUtc { get; set; }
}

/// <summary>Why nothing is sent. The numbers are stored.</summary>
public enum HoldReason : byte
{
    /// <summary>The database was restored from a backup.</summary>
    Restored = 1,

    /// <summary>The file of the database is another one than at the last start: a copy.</summary>
    Copied = 2,
}
