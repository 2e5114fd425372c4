using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Efento.Portal.Data.Sqlite;

/// <summary>The SQLite database: its path, and the settings of its connections. docs/performance.md gives the reasons.</summary>
internal sealed class SqliteDatabase(string dataDirectory) : IDatabase
{
    /// <summary>The name of the database file.</summary>
    internal const string FileName = "portal.db";

    /// <summary>The name of the write-ahead log: the file with the last changes, which are not in the database file yet.</summary>
    internal const string LogName = $"{FileName}-wal";

    private const int SQLITE_DBSTATUS_CACHE_WRITE = 9;

    private readonly DatabasePlace _place = new(System.IO.Path.Combine(dataDirectory, FileName));

    /// <summary>The database file.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, FileName);

    /// <summary>The number of pages in the log after which it is copied. The default is 16,000, 64 MB.</summary>
    internal int CheckpointPages { get; init; } = 16_000;

    /// <inheritdoc/>
    public bool Exists => File.Exists(Path);

    /// <summary>The connection string of the pooled, read-only connections.</summary>
    public string ReadConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = SqliteOpenMode.ReadOnly,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>
    /// Loads the native library. SQLite keeps its lock per connection: the garbage collector's thread may end a statement that was left
    /// open while another thread uses its connection (docs/decisions/0130-sqlite-keeps-its-locks.md).
    /// </summary>
    public static void Initialise() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Opens the writing connection. A process has only one: see <see cref="WriteGate"/>.</summary>
    /// <exception cref="SqliteException">It can't be opened, or is not the database that this process opened before.</exception>
    public SqliteConnection OpenWriter()
    {
        _place.Check(isOpen: false);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = _place.IsKnown ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            Run(
                connection,
                """
                PRAGMA page_size = 4096;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA cache_size = -16384;
                PRAGMA wal_autocheckpoint = 32000;
                PRAGMA journal_size_limit = 134217728;
                PRAGMA busy_timeout = 5000;
                PRAGMA foreign_keys = ON;
                """);
            Settle(connection);
            _place.Remember();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    DbConnection IDatabase.OpenWriter() => OpenWriter();

    /// <summary>Fails if the open files are no longer those in the data directory.</summary>
    /// <exception cref="SqliteException">It names the file, with the extended code <c>SQLITE_READONLY_DBMOVED</c>.</exception>
    public void EnsureInPlace() => _place.Check(isOpen: true);

    /// <inheritdoc/>
    public PortalDbContext CreateContext(DbConnection connection) =>
        new(AddTextComparisons(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(connection)).Options);

    /// <summary>Adds the comparisons of <see cref="StoredText"/> to a context.</summary>
    internal static TBuilder AddTextComparisons<TBuilder>(TBuilder options)
        where TBuilder : DbContextOptionsBuilder
    {
        options.ReplaceService<IModelCustomizer, SqliteTexts>();
        return options;
    }

    /// <inheritdoc/>
    public void Begin(DbConnection connection) => Run(connection, "BEGIN IMMEDIATE");

    /// <inheritdoc/>
    public void Commit(DbConnection connection) => Run(connection, "COMMIT");

    /// <inheritdoc/>
    public void RollBack(DbConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(((SqliteConnection)connection).Handle) == 0)
        {
            Run(connection, "ROLLBACK");
        }
    }

    /// <inheritdoc/>
    public void TryWriting(DbConnection connection) => Run(connection, "CREATE TABLE trial (x); DROP TABLE trial;");

    /// <inheritdoc/>
    public bool IsCheckpointDue(DbConnection connection)
    {
        var writer = (SqliteConnection)connection;
        if (PagesWritten(writer, reset: 0) <= CheckpointPages)
        {
            return false;
        }

        PagesWritten(writer, reset: 1);
        return true;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> TriggersOf(PortalDbContext db, string table) =>
        [.. db.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = {table}")];

    /// <summary>
    /// Copies the log into the database and syncs both. After a failed sync, the end of the log may exist only in the system's memory. A
    /// gateway that sends it again would be told that it is stored, and a power cut would destroy it.
    /// </summary>
    private static void Settle(SqliteConnection connection)
    {
        if (!Checkpoint(connection, "FULL"))
        {
            throw new SqliteException("The log is in use.", SQLitePCL.raw.SQLITE_BUSY);
        }
    }

    /// <summary>Opens a connection for the only task that may run beside the writer: <see cref="Checkpoint"/>.</summary>
    internal SqliteConnection OpenBesideWriter()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Copies everything that a connection sees into a new, synced database file.</summary>
    /// <exception cref="SqliteException">It can't be read or written.</exception>
    public void Copy(DbConnection connection, string path)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        copy.Open();
        ((SqliteConnection)connection).BackupDatabase(copy);
        Run(copy, "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE");
    }

    /// <summary>Copies the log into the database and syncs both; false if other connections prevented it.</summary>
    /// <param name="connection">The connection to use.</param>
    /// <param name="mode">PASSIVE copies what no reader needs, without waiting. FULL waits and copies everything.</param>
    internal static bool Checkpoint(SqliteConnection connection, string mode)
    {
        using var result = new SqliteStatement(connection, $"PRAGMA wal_checkpoint({mode})");
        return result.Read() && result.GetInt64(0) == 0;
    }

    /// <summary>Opens a read-only connection.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(ReadConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the idle reading connections in the pool.</summary>
    public void CloseIdleReaders()
    {
        using var any = new SqliteConnection(ReadConnectionString);
        SqliteConnection.ClearPool(any);
    }

    /// <summary>The number of pages that a connection has written into the log since the count was reset.</summary>
    private static int PagesWritten(SqliteConnection connection, int reset)
    {
        SQLitePCL.raw.sqlite3_db_status(connection.Handle, SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, reset);
        return pages;
    }

    /// <summary>Runs statements that return nothing. For prepared statements see <see cref="SqliteStatement"/>.</summary>
    internal static void Run(DbConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
