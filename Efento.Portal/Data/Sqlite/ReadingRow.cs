using Efento.Portal.Measurements;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Makes a reading of a row: measured_at, value, status, flags, message_id, signal.</summary>
internal static class ReadingRow
{
    /// <summary>The reading of the present row.</summary>
    public static Reading Of(SqliteStatement row) => new(
        row.GetInt64(0),
        row.GetDouble(1),
        (ReadingStatus)row.GetInt64(2),
        (ReadingFlags)row.GetInt64(3),
        row.GetInt64(4),
        (short?)row.GetInt64OrNull(5));
}
