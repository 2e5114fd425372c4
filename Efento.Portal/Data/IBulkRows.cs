namespace Efento.Portal.Data;

/// <summary>Writes many rows of one table at once, for which EF Core takes several times as long and longer than others may wait.</summary>
public interface IBulkRows
{
    /// <summary>
    /// Inserts rows within the context's transaction, at once and unknown to the context. Keys that the database makes are not read back.
    /// </summary>
    void Insert<T>(PortalDbContext db, IEnumerable<T> rows)
        where T : class;
}
