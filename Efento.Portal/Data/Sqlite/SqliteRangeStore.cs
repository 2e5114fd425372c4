using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Reads ranges from SQLite.</summary>
internal sealed class SqliteRangeStore(SqliteDatabase database, ReceiptTimes receipts) : IRangeStore
{
    /// <inheritdoc/>
    ISegmentRows IRangeStore.OpenPieces() => new SqliteSegmentRows(database.OpenReader(), receipts);

    /// <inheritdoc/>
    IEvidenceRows IRangeStore.OpenEvidence() => new SqliteEvidenceRows(database.OpenReader());

    /// <inheritdoc/>
    IDeviceRows IRangeStore.OpenDevices() => new SqliteDeviceRows(database.OpenReader());
}
