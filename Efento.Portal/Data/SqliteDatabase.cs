using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data;

/// <summary>Where the SQLite database is and how its connections are set up; why so, is in docs/performance.md.</summary>
public sealed class SqliteDatabase(string dataDirectory)
{
    /// <summary>The name of the database file.</summary>
    internal const string FileName = "portal.db";

    private const int SQLITE_DBSTATUS_CACHE_WRITE = 9;

    private readonly DatabasePlace _place = new(System.IO.Path.Combine(dataDirectory, FileName));

    /// <summary>The database file.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, FileName);

    /// <summary>For the pooled connections that only read.</summary>
    public string ReadConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = SqliteOpenMode.ReadOnly,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>
    /// Lets SQLite go without a lock per connection: none of ours is used by two threads at a time. Must come before the first connection
    /// of the process; later it changes nothing.
    /// </summary>
    public static void Initialise()
    {
        SQLitePCL.Batteries_V2.Init();
        if (SQLitePCL.raw.sqlite3_threadsafe() == 1)
        {
            _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        }
    }

    /// <summary>Opens the connection that writes. There is one in the process: see <see cref="WriteGate"/>.</summary>
    /// <exception cref="SqliteException">It can't be opened, or is not the one that this process opened before.</exception>
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
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                PRAGMA page_size = 4096;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA cache_size = -16384;
                PRAGMA wal_autocheckpoint = 32000;
                PRAGMA journal_size_limit = 134217728;
                PRAGMA busy_timeout = 5000;
                PRAGMA foreign_keys = ON;
                """;
            command.ExecuteNonQuery();
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

    /// <summary>Fails if the files that are open are no longer those in the data directory.</summary>
    /// <exception cref="SqliteException">It names the file, with the extended code <c>SQLITE_READONLY_DBMOVED</c>.</exception>
    internal void EnsureInPlace() => _place.Check(isOpen: true);

    /// <summary>
    /// Copies the log into the database and syncs both. What a failed sync left in the log may be in the system's memory alone: a gateway that
    /// sends it again would be told it is known, and a power cut would take it.
    /// </summary>
    private static void Settle(SqliteConnection connection)
    {
        if (!Checkpoint(connection, "FULL"))
        {
            throw new SqliteException("The log is in use.", SQLitePCL.raw.SQLITE_BUSY);
        }
    }

    /// <summary>Opens a connection for the one task that may go beside the writer: <see cref="Checkpoint"/>.</summary>
    internal SqliteConnection OpenBesideWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Copies everything a connection sees into a new database of one file, synced.</summary>
    /// <exception cref="SqliteException">It can't be read or written.</exception>
    internal static void Copy(SqliteConnection connection, string path)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        copy.Open();
        connection.BackupDatabase(copy);
        using var command = copy.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE";
        command.ExecuteNonQuery();
    }

    /// <summary>Copies the log into the database and syncs both; false if others were in the way.</summary>
    /// <param name="connection">Where it runs.</param>
    /// <param name="mode">PASSIVE copies what nobody needs and waits for nobody; FULL waits and copies everything.</param>
    internal static bool Checkpoint(SqliteConnection connection, string mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var result = command.ExecuteReader();
        return result.Read() && result.GetInt32(0) == 0;
    }

    /// <summary>Opens a connection that only reads.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(ReadConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the reading connections that wait in the pool.</summary>
    internal void CloseIdleReaders()
    {
        using var any = new SqliteConnection(ReadConnectionString);
        SqliteConnection.ClearPool(any);
    }

    /// <summary>Pages written into the log by a connection since <see cref="ResetPagesWritten"/>.</summary>
    internal static int PagesWritten(SqliteConnection connection) => PagesWritten(connection, reset: 0);

    internal static void ResetPagesWritten(SqliteConnection connection) => PagesWritten(connection, reset: 1);

    private static int PagesWritten(SqliteConnection connection, int reset)
    {
        SQLitePCL.raw.sqlite3_db_status(connection.Handle, SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, reset);
        return pages;
    }
}
