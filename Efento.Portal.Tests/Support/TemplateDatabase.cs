using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// A database with every table and nothing in them, made once a run: to bring one up to date takes longer than all else of a start.
/// </summary>
internal static class TemplateDatabase
{
    private static readonly Lazy<Task<byte[]>> Content = new(MakeAsync);

    /// <summary>Puts a copy into a data directory that has no database yet.</summary>
    public static async Task CopyToAsync(string dataDirectory)
    {
        var path = new SqliteDatabase(dataDirectory).Path;
        if (!File.Exists(path))
        {
            await File.WriteAllBytesAsync(path, await Content.Value);
        }
    }

    private static async Task<byte[]> MakeAsync()
    {
        OwnerOnly.ByDefault();
        SqliteDatabase.Initialise();
        using var directory = new TemporaryDirectory();
        var database = new SqliteDatabase(directory.Path);
        using (var gate = new WriteGate(database))
        using (var lease = await gate.EnterAsync())
        {
            await using var db = lease.CreateContext();
            await db.Database.MigrateAsync();
        }

        return await File.ReadAllBytesAsync(database.Path);
    }
}
