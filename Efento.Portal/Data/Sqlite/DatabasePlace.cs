using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// Checks whether the database's files are still those that were opened. SQLite goes on writing into a file that was removed, moved or
/// replaced, but that data is gone at the next start.
/// </summary>
internal sealed class DatabasePlace(string path)
{
    private readonly string[] _paths = [path, $"{path}-wal", $"{path}-shm"];
    private FileStat?[] _opened = [];
    private string? _moved;

    /// <summary>Whether this process has opened a database here. If so, another one must not replace it.</summary>
    public bool IsKnown => _opened.Length > 0;

    /// <summary>Notes which files are open now.</summary>
    public void Remember() => _opened = [.. _paths.Select(FileStat.Of)];

    /// <summary>
    /// Fails if one of the files is missing or is not the one that was opened, and always from then on: what was acknowledged is not in the
    /// files that are there now.
    /// </summary>
    /// <param name="isOpen">Whether the database is open. While it is closed, its log may appear and disappear.</param>
    /// <exception cref="SqliteException">The message names the file; the extended code is <c>SQLITE_READONLY_DBMOVED</c>.</exception>
    public void Check(bool isOpen)
    {
        _moved ??= Moved(isOpen ? _opened.Length : Math.Min(_opened.Length, 1));
        if (_moved is not null)
        {
            throw new SqliteException(_moved, SQLITE_READONLY, SQLITE_READONLY_DBMOVED);
        }
    }

    /// <summary>The first of the paths with another file or none; null if all files are those that were opened.</summary>
    private string? Moved(int places)
    {
        for (var i = 0; i < places; i++)
        {
            if (FileStat.Of(_paths[i]) is not { } found || found.Inode != _opened[i]?.Inode || found.Device != _opened[i]?.Device)
            {
                return _paths[i];
            }
        }

        return null;
    }
}
