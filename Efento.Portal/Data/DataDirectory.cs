using Efento.Portal.Data.Sqlite;

namespace Efento.Portal.Data;

/// <summary>
/// The directory with everything that the portal stores. Only one process at a time works on it: the running portal, or a command that
/// writes by itself. The lock ends with the process, however that ends. Both the directory and a file in it are locked, because a file can
/// be deleted.
/// </summary>
public sealed class DataDirectory(string path) : IDisposable
{
    /// <summary>The subdirectory with the keys that protect cookies and forms.</summary>
    internal const string Keys = "keys";

    /// <summary>The beginning of the names of rescued copies: of a database that was removed or replaced while the portal ran.</summary>
    internal const string Saved = "portal-saved-";

    /// <summary>The name of the file whose lock says that the directory is in use.</summary>
    internal const string LockName = "portal.lock";

    /// <summary>The name of a database that is being restored. Until it is checked, it is none.</summary>
    internal const string Unfinished = "portal-restore.db";

    private FileStream? _lock;
    private EndNote? _note;
    private DirectoryHandle? _itself;

    /// <summary>The full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The handle of the directory, kept open by the process with the lock; null on other systems than Linux.</summary>
    internal DirectoryHandle? Held => _itself;

    /// <summary>The note about the database by the process that had the lock before; null if there is none.</summary>
    internal EndNote? Noted { get; private set; }

    /// <summary>When the note was written.</summary>
    internal DateTimeOffset NotedUtc { get; private set; }

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Whether a file has a name that the portal uses.</summary>
    internal static bool IsPortals(string name) => name.StartsWith("portal", StringComparison.Ordinal);

    /// <summary>Makes the directory and takes its lock; false if another process has the lock.</summary>
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
    /// <exception cref="DataDirectoryInUseException">Another process has the lock.</exception>
    public void Lock()
    {
        if (!TryLock())
        {
            throw new DataDirectoryInUseException(Path);
        }
    }

    /// <summary>
    /// Notes in the lock file which message of the database is the newest. The note stays however the process ends. It is not synced: after
    /// a power cut there may be an older note, which is also true.
    /// </summary>
    /// <param name="newestMessage">The newest committed message.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    internal void Note(long newestMessage)
    {
        var note = new EndNote(new FileInfo(this[SqliteDatabase.LogName]) is { Exists: true, Length: > 0 }, newestMessage);

        // A missing log proves nothing if the database was written after the note (LossCheck). So each checkpoint is followed by a note. An
        // idle portal writes nothing.
        if (note != _note || File.GetLastWriteTimeUtc(this[SqliteDatabase.FileName]) > File.GetLastWriteTimeUtc(this[LockName]))
        {
            RandomAccess.Write(_lock!.SafeFileHandle, note.ToBytes(), 0);
            _note = note;
        }
    }

    /// <summary>The rescued copies in it, oldest first.</summary>
    internal IReadOnlyList<string> SavedCopies() =>
        [.. Directory.EnumerateFiles(Path, $"{Saved}*.db").Order(StringComparer.Ordinal)];

    /// <summary>Releases the lock after a last note, because the database may have been closed in the meantime.</summary>
    public void Dispose()
    {
        try
        {
            if (_note is not null)
            {
                Note(_note.NewestMessage);
            }
        }
        catch (IOException)
        {
            // The disk is full or gone. The note before stays true.
        }

        _note = null;
        _itself?.Dispose();
        _lock?.Dispose();
    }

    private bool TryLockFile()
    {
        var file = this[LockName];
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using var reader = new StreamReader(_lock, leaveOpen: true);
            (Noted, NotedUtc) = (EndNote.Parse(reader.ReadToEnd()), File.GetLastWriteTimeUtc(file));
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

/// <summary>The portal can't work on its data as it is. The message says what is wrong, where, and what to do.</summary>
public class DataRefusedException(string message) : Exception(message);

/// <summary>Another process works on the data directory.</summary>
public sealed class DataDirectoryInUseException(string path)
    : DataRefusedException(
        $"The data directory {path} is in use by another portal or command; give this one a directory of its own (Portal:DataDirectory) or end the other.");
