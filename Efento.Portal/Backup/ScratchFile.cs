using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>
/// A copy of the database that exists only while a backup is made or checked. It is held, so that others see that it is in use, and deleted
/// when it is disposed. One that a killed process left is deleted before the next is made.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    /// <summary>The beginning of their names.</summary>
    internal const string Prefix = "portal-backup-";

    /// <summary>What stays free on the disk for what arrives meanwhile.</summary>
    private const long Reserve = 32 << 20;

    private const string LockEnd = ".lock";

    /// <summary>A file of its own: the runtime would let nobody in this process open a database that it has locked.</summary>
    private readonly FileStream _lock;

    private ScratchFile(string path) =>
        (Path, _lock) = (path, new FileStream(path + LockEnd, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Makes an empty one in a data directory.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="bytes">How large it becomes, about.</param>
    /// <exception cref="BackupStoppedException">There is too little room.</exception>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made.</exception>
    public static ScratchFile Make(string directory, long bytes)
    {
        Tidy(directory);
        var (needed, free) = (bytes + Reserve, new DriveInfo(directory).AvailableFreeSpace);
        if (needed > free)
        {
            throw new BackupStoppedException(new(BackupFaultKind.NoRoom, directory, needed, free));
        }

        var scratch = new ScratchFile(System.IO.Path.Combine(directory, $"{Prefix}{Guid.NewGuid():N}.db"));
        OwnerOnly.Create(scratch.Path).Dispose();
        return scratch;
    }

    /// <summary>Takes one that another process has handed over.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be opened.</exception>
    public static ScratchFile Take(string path) => new(path);

    /// <summary>Hands it over to another process, which takes it.</summary>
    /// <returns>Its path.</returns>
    public string HandOver()
    {
        _lock.Dispose();
        return Path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(Path);
    }

    /// <summary>Deletes those that nobody holds.</summary>
    private static void Tidy(string directory)
    {
        var all = Directory.EnumerateFiles(directory, $"{Prefix}*").Select(path => path[..(path.LastIndexOf(".db", StringComparison.Ordinal) + 3)]);
        foreach (var path in all.Distinct().ToList().Where(path => !IsHeld(path)))
        {
            Delete(path);
        }
    }

    private static bool IsHeld(string path)
    {
        try
        {
            using var trial = new FileStream(path + LockEnd, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void Delete(string path)
    {
        File.Delete(path);
        File.Delete($"{path}-journal");
        File.Delete(path + LockEnd);
    }
}
