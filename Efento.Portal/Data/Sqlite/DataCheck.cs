using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// Checks the data before the start. The portal does not start if it would change the data irreversibly, or in a misleading way.
/// </summary>
internal static class DataCheck
{
    /// <summary>
    /// A directory in which a portal was set up must have a database. A new, empty one would look as if all data were lost.
    /// </summary>
    /// <exception cref="DataRefusedException">It has no database.</exception>
    public static void EnsureDatabaseIsThere(DataDirectory directory)
    {
        var database = new FileInfo(directory[SqliteDatabase.FileName]);
        if (database is { Exists: true, Length: > 0 })
        {
            return;
        }

        var copies = directory.SavedCopies();
        string[] parts = [directory[SqliteDatabase.LogName], directory[DataDirectory.Unfinished]];
        string[] traces = [.. Keys(directory), .. copies, .. parts.Where(IsFilled)];
        if (traces.Length > 0)
        {
            var source = copies.Count > 0 ? $"{copies[^1]}, which was saved when the database was taken away," : "a backup";
            throw new DataRefusedException(
                $"The database {database.FullName} {(database.Exists ? "is empty" : "is missing")}, but a portal was set up in this directory: {string.Join(", ", traces)}. "
                + $"To go on, put {source} in place as {database.FullName}. To begin anew, move what is left to another place.");
        }
    }

    /// <summary>
    /// A database must not have been migrated by a newer version: this version would write data that the newer one does not expect.
    /// </summary>
    /// <exception cref="DataRefusedException">It was; the message names the migration.</exception>
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

    /// <summary>
    /// A rescued copy of a removed database may contain messages that were answered 201 but are not in the present database.
    /// </summary>
    /// <exception cref="DataRefusedException">A copy does; a user has to decide.</exception>
    public static void EnsureNoSavedCopyHasMore(PortalDbContext db, DataDirectory directory)
    {
        var newest = NewestMessage((SqliteConnection)db.Database.GetDbConnection());
        foreach (var copy in directory.SavedCopies())
        {
            using var saved = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
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

    /// <summary>A message about a fault at the start in terms of the data directory.</summary>
    /// <returns>Null if the fault's own message is good enough.</returns>
    public static DataRefusedException? Refusal(Exception fault, DataDirectory directory)
    {
        var database = directory[SqliteDatabase.FileName];
        return fault is DataRefusedException ? null
            : DiskCheck.Fault(directory.Path) is { } disk ? new DataUnwritableException(disk, directory.Path)
            : StoreFault.Of(fault) is not { } store ? null
            : store.Kind switch
            {
                StoreFaultKind.Damaged => new DataRefusedException(
                    $"The database {database} is damaged or is none ({store.Message}). Keep a copy of {database} and {database}-wal, then put a backup in place as {database} and remove {database}-wal and {database}-shm."),
                StoreFaultKind.ReadOnly => new DataRefusedException(
                    $"The database {database} can't be opened for writing ({store.Message}). Give the portal's user the rights on {directory.Path} and everything in it, or name another directory (Portal:DataDirectory)."),
                StoreFaultKind.Unavailable => new DataRefusedException(
                    $"The database {database} can't be read or written ({store.Message}). Look at the disk of {directory.Path} and at the system's log; a backup may be needed."),
                StoreFaultKind.Busy =>
                    new DataRefusedException($"Another program holds the database {database}. Close it and start the portal again."),
                _ => null,
            };
    }

    private static IEnumerable<string> Keys(DataDirectory directory) =>
        Directory.Exists(directory[DataDirectory.Keys])
            ? Directory.EnumerateFiles(directory[DataDirectory.Keys], "*.xml").Take(1).Select(_ => directory[DataDirectory.Keys])
            : [];

    private static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static long NewestMessage(SqliteConnection connection)
    {
        using var newest = new SqliteStatement(connection, "SELECT ifnull(max(id), 0) FROM message");
        return newest.Read() ? newest.GetInt64(0) : 0;
    }
}
