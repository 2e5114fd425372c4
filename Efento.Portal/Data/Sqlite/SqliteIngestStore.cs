using System.Data.Common;
using Efento.Portal.Ingest;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Stores messages in SQLite.</summary>
internal sealed class SqliteIngestStore(IReadingStore readings) : IIngestStore
{
    /// <inheritdoc/>
    public IIngestStatements Prepare(DbConnection connection) => new SqliteIngestStatements((SqliteConnection)connection, readings);
}
