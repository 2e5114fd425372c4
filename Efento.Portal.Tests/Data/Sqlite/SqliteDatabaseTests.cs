using Efento.Portal.Data.Sqlite;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Tests.Data.Sqlite;

/// <summary>What the log held when the database is opened again is in the database itself before anybody writes.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _first = new();
    private readonly TemporaryDirectory _second = new();
    private readonly TemporaryDirectory _alone = new();

    [Fact]
    public void OpenWriter_AfterACrash_CopiesTheLogIntoTheDatabase()
    {
        using var crashed = Written(_first);
        CopyAsAfterACrash();
        Assert.Equal(0, TablesInFileOf(_second));

        using var writer = new SqliteDatabase(_second.Path).OpenWriter();

        Assert.Equal(1, TablesInFileOf(_second));
    }

    [Fact]
    public void OpenWriter_AgainWhileSomebodyReads_CopiesTheLogIntoTheDatabase()
    {
        var database = new SqliteDatabase(_first.Path);
        using var reader = KeepsTheLogAlive(database);
        Written(_first).Dispose();
        Assert.Equal(0, TablesInFileOf(_first));

        using var writer = database.OpenWriter();

        Assert.Equal(1, TablesInFileOf(_first));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _first.Dispose();
        _second.Dispose();
        _alone.Dispose();
    }

    private static SqliteConnection Written(TemporaryDirectory directory)
    {
        var connection = new SqliteDatabase(directory.Path).OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (a); INSERT INTO t VALUES (1)";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>A connection that has read: the last one to close would copy the log.</summary>
    private static SqliteConnection KeepsTheLogAlive(SqliteDatabase database)
    {
        database.OpenWriter().Dispose();
        var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database.Path, Pooling = false }.ToString());
        reader.Open();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        command.ExecuteScalar();
        return reader;
    }

    private void CopyAsAfterACrash()
    {
        foreach (var file in (string[])["portal.db", "portal.db-wal"])
        {
            File.Copy(Path.Combine(_first.Path, file), Path.Combine(_second.Path, file));
        }
    }

    /// <summary>The tables in the database file alone, without its log.</summary>
    private long TablesInFileOf(TemporaryDirectory directory)
    {
        File.Copy(Path.Combine(directory.Path, "portal.db"), Path.Combine(_alone.Path, "portal.db"), overwrite: true);
        return new PortalDatabase(_alone.Path).Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 't'");
    }
}
