namespace Efento.Portal.Data;

/// <summary>
/// The directory with everything the portal keeps. One process at a time works on it: the portal while it runs, or a command that writes by
/// itself. The lock goes with the process, however it ends. It is on the directory as well as on a file in it, for a file can be deleted.
/// </summary>
public sealed class DataDirectory(string path) : IDisposable
{
    /// <summary>The directory in it with the keys that cookies and forms are protected with.</summary>
    internal const string Keys = "keys";

    /// <summary>What was saved from a database that was taken away while the portal ran begins with this.</summary>
    internal const string Saved = "portal-saved-";

    private FileStream? _lock;
    private DirectoryHandle? _itself;

    /// <summary>Where it is, in full.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The directory held open by who has the lock; null elsewhere than on Linux.</summary>
    internal DirectoryHandle? Held => _itself;

    /// <summary>A file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Whether a file in it has one of the names the portal gives.</summary>
    internal static bool IsPortals(string name) => name.StartsWith("portal", StringComparison.Ordinal);

    /// <summary>Makes the directory and takes its lock; false if another process has it.</summary>
    /// <exception cref="IOException">The directory can't be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory can't be made or written.</exception>
    public bool TryLock()
    {
        if (_lock is not null)
        {
            return true;
        }

        OwnerOnly.MakeDirectory(Path);
        return TryLockFile() && TryLockItself();
    }

    /// <summary>Makes the directory and takes its lock.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    public void Lock()
    {
        if (!TryLock())
        {
            throw new DataDirectoryInUseException(Path);
        }
    }

    /// <summary>The files in it that hold what was saved, oldest first.</summary>
    internal IReadOnlyList<string> SavedCopies() =>
        [.. Directory.EnumerateFiles(Path, $"{Saved}*.db").Order(StringComparer.Ordinal)];

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        _itself?.Dispose();
        _lock?.Dispose();
    }

    private bool TryLockFile()
    {
        var file = this["portal.lock"];
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException fault) when (fault.GetType() == typeof(IOException) && File.Exists(file))
        {
            return false;
        }
    }

    private bool TryLockItself()
    {
        _itself = DirectoryHandle.Open(Path);
        if (_itself?.TryLock() is not false)
        {
            return true;
        }

        Dispose();
        (_lock, _itself) = (null, null);
        return false;
    }
}

/// <summary>The portal can't work on its data as it is; the message says what is wrong, where, and what to do.</summary>
public class DataRefusedException(string message) : Exception(message);

/// <summary>The data directory is worked on by another process.</summary>
public sealed class DataDirectoryInUseException(string path)
    : DataRefusedException($"The data directory {path} is in use by another portal or command; give this one a directory of its own (Portal:DataDirectory) or end the other.");
