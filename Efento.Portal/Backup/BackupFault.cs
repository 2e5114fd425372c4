namespace Efento.Portal.Backup;

/// <summary>Why a backup was not made, does not count, or was not restored.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Detail">With what: a path, a name, a table, a day, or the words of the system.</param>
/// <param name="Needed">How many bytes are needed; 0 where that does not matter.</param>
/// <param name="Free">How many bytes there are; 0 where that does not matter.</param>
public sealed record BackupFault(BackupFaultKind Kind, string Detail = "", long Needed = 0, long Free = 0);

/// <summary>What can be wrong with a backup. The numbers are stored.</summary>
public enum BackupFaultKind : byte
{
    /// <summary>There is too little room on a disk.</summary>
    NoRoom = 1,

    /// <summary>A file can't be read or written.</summary>
    Unwritable = 2,

    /// <summary>The database can't be read.</summary>
    Store = 3,

    /// <summary>The file is no backup of a portal.</summary>
    NoBackup = 4,

    /// <summary>The file is not as it was written.</summary>
    Damaged = 5,

    /// <summary>The file is encrypted, and no passphrase was given.</summary>
    PassphraseMissing = 6,

    /// <summary>The passphrase is wrong.</summary>
    PassphraseWrong = 7,

    /// <summary>The file with the passphrase can't be read, or what is in it is too short.</summary>
    PassphraseUnusable = 8,

    /// <summary>A newer version of the program made it.</summary>
    Newer = 9,

    /// <summary>It has a name inside that a backup can't have, such as one that leads outside.</summary>
    NameInside = 10,

    /// <summary>There is more in it than its manifest says.</summary>
    TooMuch = 11,

    /// <summary>Something that its manifest names is not in it.</summary>
    Missing = 12,

    /// <summary>The hash of something in it is not the one that its manifest says.</summary>
    WrongHash = 13,

    /// <summary>The database in it is damaged.</summary>
    Integrity = 14,

    /// <summary>The rows of a table are not as many as its manifest says.</summary>
    Counts = 15,

    /// <summary>The readings of a day do not add up to what its manifest says.</summary>
    Sums = 16,

    /// <summary>The chain of the audit trail is broken.</summary>
    Audit = 17,

    /// <summary>The directory to restore to belongs to a running portal or command.</summary>
    Running = 18,

    /// <summary>The directory to restore to is not empty.</summary>
    NotEmpty = 19,

    /// <summary>Another backup is being made.</summary>
    Busy = 20,

    /// <summary>The settings name no directory for backups.</summary>
    NoDirectory = 21,
}

/// <summary>Stops the reading or writing of a backup where it was found that it can't go on. It becomes a value at the edge.</summary>
internal sealed class BackupStoppedException(BackupFault fault) : Exception(fault.Kind.ToString())
{
    /// <summary>Why.</summary>
    public BackupFault Fault { get; } = fault;
}
