namespace Efento.Portal.Backup;

/// <summary>The passphrase of backups, which is kept in a file: neither a list of processes nor a history of commands shows it.</summary>
internal static class Passphrase
{
    /// <summary>The fewest letters.</summary>
    public const int Fewest = 12;

    /// <summary>The first line of a file.</summary>
    /// <exception cref="BackupStoppedException">The file can't be read, or has too short a line.</exception>
    public static string ReadFrom(string path)
    {
        try
        {
            var line = File.ReadLines(path).FirstOrDefault()?.Trim();
            return line is { Length: >= Fewest }
                ? line
                : throw new BackupStoppedException(new(BackupFaultKind.PassphraseUnusable, $"{path}: {line?.Length ?? 0} < {Fewest}"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BackupStoppedException(new(BackupFaultKind.PassphraseUnusable, fault.Message));
        }
    }
}
