namespace Efento.Portal.Data;

/// <summary>
/// The directory with everything the portal keeps. One process at a time works on it: the portal while it runs, or a command that writes by
/// itself. The lock goes with the process, however it ends.
/// </summary>
public sealed class DataDirectory(string path) : IDisposable
{
    /// <summary>The directory in it with the keys that cookies and forms are protected with.</summary>
    internal const string Keys = "keys";

    private FileStream? _lock;

    /// <summary>Where it is, in full.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>A file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Whether a file in it has one of the names the portal gives.</summary>
    internal static bool IsPortals(string name) => name.StartsWith("portal", StringComparison.Ordinal);

    /// <summary>Makes the directory and takes its lock; false if another process has it.</summary>
    /// <exception cref="IOException">The directory can't be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory can't be made or written.</exception>
    public bool TryLock()
    {
        OwnerOnly.MakeDirectory(Path);
        var file = this["portal.lock"];
        try
        {
            _lock ??= new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException fault) when (fault.GetType() == typeof(IOException) && File.Exists(file))
        {
            return false;
        }
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

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _lock?.Dispose();
}

/// <summary>The data directory is worked on by another process.</summary>
public sealed class DataDirectoryInUseException(string path)
    : Exception($"The data directory {path} is in use by another portal or command; give this one a directory of its own (Portal:DataDirectory) or end the other.");
