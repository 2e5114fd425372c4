using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static SQLitePCL.raw;

namespace Efento.Portal.Data;

/// <summary>
/// The one way to write: whoever holds the lease has the only writing connection. First come, first served, so nobody waits
/// longer than one batch; a second SQLite writer beside a busy one would wait seconds. Disposed, it leaves everything in one file.
/// </summary>
public sealed class WriteGate(SqliteDatabase database) : IDisposable
{
    /// <summary>Pages in the log after which it is copied: 64 MB.</summary>
    private const int CheckpointPages = 16000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Channel<bool> _checkpointDue = Channel.CreateBounded<bool>(1);
    private SqliteConnection? _connection;
    private SqliteException? _moved;

    /// <summary>Has an item when so much has been written that the log should be copied into the database.</summary>
    public ChannelReader<bool> CheckpointDue => _checkpointDue.Reader;

    /// <summary>Waits for the turn and gives the writing connection.</summary>
    /// <exception cref="SqliteException">
    /// The database cannot be opened. Or its files were removed, moved or replaced: then nobody enters any more.
    /// </exception>
    public async ValueTask<WriteLease> EnterAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            EnsureInPlace();
            return new WriteLease(this, _connection ??= Open());
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Copies what the writing connection still has open, wherever its files are now, into a new database.</summary>
    /// <param name="path">The new database; nothing may be there.</param>
    /// <param name="cancellationToken">Ends the waiting for the turn.</param>
    /// <returns>False if nothing is open.</returns>
    /// <exception cref="SqliteException">It can't be read or written.</exception>
    internal async Task<bool> TrySaveAsync(string path, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_connection is null)
            {
                return false;
            }

            SqliteDatabase.Copy(_connection, path);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs <paramref name="write"/> with an EF Core context in one transaction.</summary>
    public Task<T> WriteAsync<T>(Func<PortalDbContext, Task<T>> write, CancellationToken cancellationToken = default) =>
        AtTurnAsync(async lease =>
        {
            await using var db = lease.CreateContext();
            return await InTransactionAsync(db, write, cancellationToken);
        }, cancellationToken);

    /// <summary>
    /// Runs <paramref name="write"/> with an EF Core context in one transaction, and <paramref name="committed"/> with what it gave while the
    /// turn is still held: whoever writes next finds memory as the database is.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<PortalDbContext, Task<T>> write, Action<T> committed, CancellationToken cancellationToken = default) =>
        WriteAsync(write, committed, () => { }, cancellationToken);

    /// <summary>
    /// Runs <paramref name="write"/> with an EF Core context in one transaction; still at its turn then <paramref name="committed"/>, or
    /// <paramref name="rolledBack"/> if it failed: what memory knows of the database follows it.
    /// </summary>
    public Task<T> WriteAsync<T>(
        Func<PortalDbContext, Task<T>> write, Action<T> committed, Action rolledBack, CancellationToken cancellationToken = default) =>
        AtTurnAsync(async lease =>
        {
            await using var db = lease.CreateContext();
            T result;
            try
            {
                result = await InTransactionAsync(db, write, cancellationToken);
            }
            catch
            {
                rolledBack();
                throw;
            }

            committed(result);
            return result;
        }, cancellationToken);

    /// <summary>Runs <paramref name="write"/> with an EF Core context in one transaction.</summary>
    public Task WriteAsync(Func<PortalDbContext, Task> write, CancellationToken cancellationToken = default) =>
        WriteAsync(async db =>
        {
            await write(db);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Who still has the turn is stuck in the store; the connection then ends with the process.
        if (_turn.Wait(0))
        {
            // Whoever closes last copies the log into the database and deletes it, and only a writer can.
            database.CloseIdleReaders();
            _connection?.Dispose();
        }
    }

    /// <summary>Fails if the database's files were removed, moved or replaced, and from then on always: what is in their place now is not what was told.</summary>
    internal void EnsureInPlace()
    {
        if (_connection is not null && _moved is null)
        {
            try
            {
                database.EnsureInPlace();
            }
            catch (SqliteException moved)
            {
                _moved = moved;
            }
        }

        if (_moved is not null)
        {
            throw new SqliteException(_moved.Message, _moved.SqliteErrorCode, _moved.SqliteExtendedErrorCode);
        }
    }

    private SqliteConnection Open()
    {
        try
        {
            return database.OpenWriter();
        }
        catch (SqliteException moved) when (moved.SqliteExtendedErrorCode == SQLITE_READONLY_DBMOVED)
        {
            _moved = moved;
            throw;
        }
    }

    private async Task<T> AtTurnAsync<T>(Func<WriteLease, Task<T>> write, CancellationToken cancellationToken)
    {
        using var lease = await EnterAsync(cancellationToken);
        try
        {
            return await write(lease);
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException { SqliteErrorCode: SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_NOTADB })
        {
            lease.DiscardConnection();
            throw;
        }
    }

    private static async Task<T> InTransactionAsync<T>(PortalDbContext db, Func<PortalDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await write(db);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    internal void Leave(bool discardConnection)
    {
        if (discardConnection)
        {
            _connection?.Dispose();
            _connection = null;
        }
        else if (_connection is not null && SqliteDatabase.PagesWritten(_connection) > CheckpointPages)
        {
            SqliteDatabase.ResetPagesWritten(_connection);
            _checkpointDue.Writer.TryWrite(true);
        }

        _turn.Release();
    }
}

/// <summary>The turn to write. Dispose it soon.</summary>
public sealed class WriteLease(WriteGate gate, SqliteConnection connection) : IDisposable
{
    private bool _discard;
    private bool _left;

    /// <summary>The writing connection.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>An EF Core context on the writing connection.</summary>
    public PortalDbContext CreateContext() =>
        new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(connection).Options);

    /// <summary>Fails if the database's files were removed, moved or replaced: what was committed is then not in them.</summary>
    /// <exception cref="SqliteException">They were.</exception>
    public void EnsureInPlace() => gate.EnsureInPlace();

    /// <summary>Closes the connection with the lease: after a failed sync nothing may be tried on it again.</summary>
    public void DiscardConnection() => _discard = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_left)
        {
            _left = true;
            gate.Leave(_discard);
        }
    }
}
