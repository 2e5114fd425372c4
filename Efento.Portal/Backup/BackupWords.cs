using System.Globalization;

namespace Efento.Portal.Backup;

/// <summary>Puts faults of backups into words in the current language, for pages and commands.</summary>
public static class BackupWords
{
    private const double MiB = 1 << 20;

    /// <summary>A fault in a sentence or two.</summary>
    public static string Of(BackupFault fault) => fault.Kind switch
    {
        BackupFaultKind.NoRoom when fault.Needed > 0 => BackupText.NoRoom(fault.Detail, Size(fault.Needed), Size(fault.Free)),
        BackupFaultKind.NoRoom => BackupText.NoRoomLeft(fault.Detail),
        BackupFaultKind.Unwritable => BackupText.Unwritable(fault.Detail),
        BackupFaultKind.Store => BackupText.Store(fault.Detail),
        BackupFaultKind.NoBackup => BackupText.NoBackup,
        BackupFaultKind.Damaged => BackupText.Damaged,
        BackupFaultKind.PassphraseMissing => BackupText.PassphraseMissing,
        BackupFaultKind.PassphraseWrong => BackupText.PassphraseWrong,
        BackupFaultKind.PassphraseUnusable => BackupText.PassphraseUnusable(Passphrase.Fewest, fault.Detail),
        BackupFaultKind.Newer => BackupText.Newer(fault.Detail),
        BackupFaultKind.NameInside => BackupText.NameInside(fault.Detail),
        BackupFaultKind.TooMuch => BackupText.TooMuch(fault.Detail).Trim(),
        BackupFaultKind.Missing => BackupText.Missing(fault.Detail),
        BackupFaultKind.WrongHash => BackupText.WrongHash(fault.Detail),
        BackupFaultKind.Integrity => BackupText.Integrity(fault.Detail),
        BackupFaultKind.Counts => BackupText.Counts(fault.Detail),
        BackupFaultKind.Sums => BackupText.Sums(fault.Detail),
        BackupFaultKind.Audit => BackupText.Audit(fault.Detail),
        BackupFaultKind.Running => BackupText.Running(fault.Detail),
        BackupFaultKind.NotEmpty => BackupText.NotEmpty(Path.GetDirectoryName(fault.Detail) ?? "", Path.GetFileName(fault.Detail)),
        BackupFaultKind.Busy => BackupText.Busy,
        BackupFaultKind.NoDirectory => BackupText.NoDirectory,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>A number of bytes as people read it.</summary>
    public static string Size(long bytes) => string.Create(CultureInfo.CurrentCulture, $"{Math.Ceiling(bytes / MiB * 10) / 10:#,0.0} MiB");
}
