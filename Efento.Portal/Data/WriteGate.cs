using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Data;

/// <summary>
/// The only way to write. The holder of the lease has the only writing connection. Leases are granted in order of arrival, so nobody waits
/// longer than one batch; a second SQLite writer beside a busy one would wait seconds. When the gate is disposed, everything is in one
/// file.
/// </summary>
public sealed class WriteGate(IDatabase database) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Channel<bool> _checkpointDue = Channel.CreateBounded<bool>(1);
    private DbConnection? _connection;

    /// <summary>Receives an item when so much was written that the log should be copied into the database.</summary>
    public ChannelReader<bool> CheckpointDue => _checkpointDue.Reader;

    /// <summary>Waits for the lease and returns it with the writing connection.</summary>
    /// <exception cref="DbException">
    /// The database can't be opened, or its files were removed, moved or replaced. In that case no lease is granted any more.
    /// </exception>
    public async ValueTask<WriteLease> EnterAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            EnsureInPlace();
            return new WriteLease(this, database, _connection ??= database.OpenWriter());
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Copies the open database of the writing connection into a new one, wherever its files are now.</summary>
    /// <param name="path">The path of the new database; it must not exist.</param>
    /// <param name="cancellationToken">Cancels the wait for the lease.</param>
    /// <returns>False if no database is open.</returns>
    /// <exception cref="DbException">It can't be read or written.</exception>
    internal async Task<bool> TrySaveAsync(string path, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_connection is null)
            {
                return false;
            }

            database.Copy(_connection, path);
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
    /// Runs <paramref name="write"/> with an EF Core context in one transaction. Then it runs <paramref name="committed"/> with the result
    /// before the lease ends, so that the next writer finds memory and database in agreement.
    /// </summary>
    public Task<T> WriteAsync<T>(
        Func<PortalDbContext, Task<T>> write, Action<T> committed, CancellationToken cancellationToken = default) =>
        WriteAsync(write, committed, () => { }, cancellationToken);

    /// <summary>
    /// Runs <paramref name="write"/> with an EF Core context in one transaction. Before the lease ends it runs
    /// <paramref name="committed"/>, or <paramref name="rolledBack"/> if it failed, so that memory and database agree.
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

    /// <summary>Finds out whether writing works.</summary>
    /// <exception cref="DbException">It does not.</exception>
    public Task TryWritingAsync(CancellationToken cancellationToken = default) =>
        WriteAsync(
            db =>
            {
                database.TryWriting(db.Database.GetDbConnection());
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The holder of the lease is stuck in the store. The connection then ends with the process.
        if (_turn.Wait(0))
        {
            // The last connection to close copies the log into the database and deletes it, and only a writing connection can.
            database.CloseIdleReaders();
            _connection?.Dispose();
        }
    }

    /// <summary>
    /// Fails if the database's files were removed, moved or replaced, and always from then on: what was acknowledged is not in the files
    /// that are there now.
    /// </summary>
    internal void EnsureInPlace()
    {
        if (_connection is not null)
        {
            database.EnsureInPlace();
        }
    }

    private async Task<T> AtTurnAsync<T>(Func<WriteLease, Task<T>> write, CancellationToken cancellationToken)
    {
        using var lease = await EnterAsync(cancellationToken);
        try
        {
            return await write(lease);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { EndsConnection: true })
        {
            lease.DiscardConnection();
            throw;
        }
    }

    private static async Task<T> InTransactionAsync<T>(
        PortalDbContext db, Func<PortalDbContext, Task<T>> write, CancellationToken cancellationToken)
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
        else if (_connection is not null && database.IsCheckpointDue(_connection))
        {
            _checkpointDue.Writer.TryWrite(true);
        }

        _turn.Release();
    }
}

/// <summary>The right to write. Dispose it soon.</summary>
public sealed class WriteLease(WriteGate gate, IDatabase database, DbConnection connection) : IDisposable
{
    private bool _discard;
    private bool _left;

    /// <summary>The writing connection.</summary>
    public DbConnection Connection => connection;

    /// <summary>An EF Core context on the writing connection.</summary>
    public PortalDbContext CreateContext() => database.CreateContext(connection);

    /// <summary>Begins a transaction for statements that run without EF Core.</summary>
    public void Begin() => database.Begin(connection);

    /// <summary>Makes the transaction durable.</summary>
    public void Commit() => database.Commit(connection);

    /// <summary>Rolls the transaction back, if one is open.</summary>
    public void RollBack() => database.RollBack(connection);

    /// <summary>Fails if the database's files were removed, moved or replaced. Then committed data is not in them.</summary>
    /// <exception cref="DbException">The files were removed, moved or replaced.</exception>
    public void EnsureInPlace() => gate.EnsureInPlace();

    /// <summary>Closes the connection when the lease ends, because after a failed sync it must not be used again.</summary>
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
