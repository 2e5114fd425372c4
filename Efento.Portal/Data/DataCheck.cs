using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static SQLitePCL.raw;

namespace Efento.Portal.Data;

/// <summary>Why the portal would rather not start: what it would do to the data could not be undone, or would mislead.</summary>
internal static class DataCheck
{
    /// <summary>A directory that a portal was set up in has a database: a new, empty one in its place would look as if all were lost.</summary>
    /// <exception cref="DataRefusedException">It has none.</exception>
    public static void EnsureDatabaseIsThere(DataDirectory directory)
    {
        var database = new FileInfo(directory[SqliteDatabase.FileName]);
        if (database is { Exists: true, Length: > 0 })
        {
            return;
        }

        var copies = directory.SavedCopies();
        string[] traces = [.. Keys(directory), .. copies, .. new[] { directory[$"{SqliteDatabase.FileName}-wal"] }.Where(IsFilled)];
        if (traces.Length > 0)
        {
            var source = copies.Count > 0 ? $"{copies[^1]}, which was saved when the database was taken away," : "a backup";
            throw new DataRefusedException(
                $"The database {database.FullName} {(database.Exists ? "is empty" : "is missing")}, but a portal was set up in this directory: {string.Join(", ", traces)}. "
                + $"To go on, put {source} in place as {database.FullName}. To begin anew, move what is left to another place.");
        }
    }

    /// <summary>A database that a newer version has changed would be filled with what that version does not expect.</summary>
    /// <exception cref="DataRefusedException">One has; its change is named.</exception>
    public static async Task EnsureNotNewerAsync(PortalDbContext db, DataDirectory directory)
    {
        var newer = (await db.Database.GetAppliedMigrationsAsync()).Except(db.Database.GetMigrations()).LastOrDefault();
        if (newer is not null)
        {
            throw new DataRefusedException(
                $"The database {directory[SqliteDatabase.FileName]} was brought up to date by a newer version of Efento Portal: this one does not know its change {newer}. "
                + "Start that version or a newer one, or restore a backup from before the update.");
        }
    }

    /// <summary>What was saved from a database that was taken away may hold messages that were answered 201 and are not in the present one.</summary>
    /// <exception cref="DataRefusedException">A copy does; it is for a person to decide.</exception>
    public static void EnsureNoSavedCopyHasMore(PortalDbContext db, DataDirectory directory)
    {
        var newest = NewestMessage((SqliteConnection)db.Database.GetDbConnection());
        foreach (var copy in directory.SavedCopies())
        {
            using var saved = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            saved.Open();
            if (NewestMessage(saved) > newest)
            {
                var database = directory[SqliteDatabase.FileName];
                throw new DataRefusedException(
                    $"{copy}, saved when the database was taken away while the portal ran, holds messages that {database} does not. "
                    + $"To go on with them, put it in place as {database} and remove {database}-wal and {database}-shm. To go on without them, move it to another place.");
            }
        }
    }

    /// <summary>What a fault at the start means for the data directory.</summary>
    /// <returns>Null if it is nothing that could be said better than by the fault.</returns>
    public static DataRefusedException? Refusal(Exception fault, DataDirectory directory)
    {
        var database = directory[SqliteDatabase.FileName];
        return fault is DataRefusedException ? null
            : DiskTrial.Fault(directory.Path) is { } disk ? new DataUnwritableException(disk, directory.Path)
            : fault.GetBaseException() is not SqliteException sqlite ? null
            : sqlite.SqliteErrorCode switch
            {
                SQLITE_CORRUPT or SQLITE_NOTADB => new DataRefusedException(
                    $"The database {database} is damaged or is none ({sqlite.Message}). Keep a copy of {database} and {database}-wal, then put a backup in place as {database} and remove {database}-wal and {database}-shm."),
                SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_PERM => new DataRefusedException(
                    $"The database {database} can't be opened for writing ({sqlite.Message}). Give the portal's user the rights on {directory.Path} and everything in it, or name another directory (Portal:DataDirectory)."),
                SQLITE_IOERR => new DataRefusedException(
                    $"The database {database} can't be read or written ({sqlite.Message}). Look at the disk of {directory.Path} and at the system's log; a backup may be needed."),
                SQLITE_BUSY or SQLITE_LOCKED => new DataRefusedException($"Another program holds the database {database}. Close it and start the portal again."),
                _ => null,
            };
    }

    private static IEnumerable<string> Keys(DataDirectory directory) =>
        Directory.Exists(directory[DataDirectory.Keys]) ? Directory.EnumerateFiles(directory[DataDirectory.Keys], "*.xml").Take(1).Select(_ => directory[DataDirectory.Keys]) : [];

    private static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static long NewestMessage(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ifnull(max(id), 0) FROM message";
        return (long)command.ExecuteScalar()!;
    }
}
