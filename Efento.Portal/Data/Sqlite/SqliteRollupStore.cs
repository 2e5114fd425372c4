using System.Data.Common;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Stores rollups in SQLite.</summary>
internal sealed class SqliteRollupStore(ReceiptTimes receipts) : IRollupStore
{
    /// <inheritdoc/>
    public IRollupWriter CreateWriter(DbConnection connection) => new SqliteRollupWriter((SqliteConnection)connection, receipts);
}
