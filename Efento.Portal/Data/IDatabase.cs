using System.Data.Common;

namespace Efento.Portal.Data;

/// <summary>The operations on the database that EF Core does not offer, independent of the provider.</summary>
public interface IDatabase
{
    /// <summary>Whether there is a database yet.</summary>
    bool Exists { get; }

    /// <summary>Opens the writing connection. A process has only one: see <see cref="WriteGate"/>.</summary>
    /// <exception cref="DbException">It can't be opened, or is not the database that this process opened before.</exception>
    DbConnection OpenWriter();

    /// <summary>Fails if the open database is no longer the one at its path. From then on it always fails.</summary>
    /// <exception cref="DbException">A fault of the kind <see cref="StoreFaultKind.Moved"/>; its message names the file.</exception>
    void EnsureInPlace();

    /// <summary>Creates an EF Core context on an open connection. The context does not close it.</summary>
    PortalDbContext CreateContext(DbConnection connection);

    /// <summary>Begins a writing transaction.</summary>
    void Begin(DbConnection connection);

    /// <summary>Commits the transaction durably.</summary>
    void Commit(DbConnection connection);

    /// <summary>
    /// Rolls the transaction back. Without one it does nothing, because after some faults the database has already rolled it back.
    /// </summary>
    void RollBack(DbConnection connection);

    /// <summary>Writes something within the caller's transaction and deletes it again, to find out whether writing works.</summary>
    /// <exception cref="DbException">Writing does not work.</exception>
    void TryWriting(DbConnection connection);

    /// <summary>
    /// Whether so much was written on a connection that the log should be copied into the database. If so, the count is reset.
    /// </summary>
    bool IsCheckpointDue(DbConnection connection);

    /// <summary>Copies everything that a connection sees into a new, synced database file.</summary>
    /// <exception cref="DbException">It can't be read or written.</exception>
    void Copy(DbConnection connection, string path);

    /// <summary>Closes the idle reading connections in the pool.</summary>
    void CloseIdleReaders();

    /// <summary>The names of the triggers of a table.</summary>
    IReadOnlyList<string> TriggersOf(PortalDbContext db, string table);
}
