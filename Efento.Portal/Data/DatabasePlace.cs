using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Data;

/// <summary>
/// Whether the database's files are still those that were opened. What is written into a file that was removed, moved or replaced is gone at
/// the next start, though SQLite goes on as before.
/// </summary>
internal sealed class DatabasePlace(string path)
{
    private readonly string[] _paths = [path, $"{path}-wal", $"{path}-shm"];
    private FileStat?[] _opened = [];

    /// <summary>Whether a database was opened here by this process: another one must not take its place.</summary>
    public bool IsKnown => _opened.Length > 0;

    /// <summary>Takes down which files are open now.</summary>
    public void Remember() => _opened = [.. _paths.Select(FileStat.Of)];

    /// <summary>Fails if another file than the one that was opened is in one of the places, or none is.</summary>
    /// <param name="isOpen">Whether it is open; closed, its log may come and go.</param>
    /// <exception cref="SqliteException">It names the file, with the extended code <c>SQLITE_READONLY_DBMOVED</c>.</exception>
    public void Check(bool isOpen)
    {
        for (var i = 0; i < (isOpen ? _opened.Length : Math.Min(_opened.Length, 1)); i++)
        {
            if (FileStat.Of(_paths[i]) is not { } found || found.Inode != _opened[i]?.Inode || found.Device != _opened[i]?.Device)
            {
                throw new SqliteException(_paths[i], SQLITE_READONLY, SQLITE_READONLY_DBMOVED);
            }
        }
    }
}
