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

    /// <summary>Has an item when so much has been written that the log should be copied into the database.</summary>
    public ChannelReader<bool> CheckpointDue => _checkpointDue.Reader;

    /// <summary>Waits for the turn and gives the writing connection.</summary>
    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    public async ValueTask<WriteLease> EnterAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return new WriteLease(this, _connection ??= database.OpenWriter());
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Runs <paramref name="write"/> with an EF Core context in one transaction.</summary>
    public async Task<T> WriteAsync<T>(Func<PortalDbContext, Task<T>> write, CancellationToken cancellationToken = default)
    {
        using var lease = await EnterAsync(cancellationToken);
        try
        {
            return await WriteAsync(lease, write, cancellationToken);
        }
        catch (Exception exception) when (exception.GetBaseException() is SqliteException { SqliteErrorCode: SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_NOTADB })
        {
            lease.DiscardConnection();
            throw;
        }
    }

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

    private static async Task<T> WriteAsync<T>(WriteLease lease, Func<PortalDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var db = lease.CreateContext();
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
