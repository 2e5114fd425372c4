using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Data.Sqlite;

/// <summary>The columns that the tables rollup_hour and rollup_day share.</summary>
internal static class RollupRow
{
    /// <summary>The columns in order.</summary>
    public const string Columns = "count, empty, min, max, sum, first_at, last_at, first, last, moved, delay";

    /// <summary>As many parameters.</summary>
    public const string Parameters = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    /// <summary>Binds a rollup from the parameter <paramref name="first"/> on.</summary>
    public static SqliteStatement Bind(SqliteStatement statement, int first, in Rollup rollup) => statement
        .Bind(first, rollup.Count).Bind(first + 1, rollup.Empty)
        .Bind(first + 2, Stored(rollup.Min)).Bind(first + 3, Stored(rollup.Max)).Bind(first + 4, Stored(rollup.Sum))
        .Bind(first + 5, rollup.FirstMs).Bind(first + 6, rollup.LastMs)
        .Bind(first + 7, Stored(rollup.First)).Bind(first + 8, Stored(rollup.Last)).Bind(first + 9, Stored(rollup.Moved))
        .Bind(first + 10, rollup.DelayMs);

    /// <summary>Reads a rollup from the column <paramref name="first"/> on.</summary>
    public static Rollup Read(SqliteStatement rows, int first) => new()
    {
        Count = (int)rows.GetInt64(first),
        Empty = (int)rows.GetInt64(first + 1),
        Min = Read(rows.GetDouble(first + 2)),
        Max = Read(rows.GetDouble(first + 3)),
        Sum = Read(rows.GetDouble(first + 4)),
        FirstMs = rows.GetInt64(first + 5),
        LastMs = rows.GetInt64(first + 6),
        First = Read(rows.GetDouble(first + 7)),
        Last = Read(rows.GetDouble(first + 8)),
        Moved = Read(rows.GetDouble(first + 9)),
        DelayMs = rows.GetInt64(first + 10),
    };

    /// <summary>Reads a single reading: measured_at, the value or NULL, message_id.</summary>
    public static Rollup OfReading(SqliteStatement row, ReceiptTimes receipts) =>
        Rollup.Of(row.GetInt64(0), row.GetDouble(1) ?? double.NaN, receipts.ReceivedMs(row.GetInt64(2)));

    private static double? Stored(double value) => double.IsNaN(value) ? null : value;

    private static double Read(double? stored) => stored ?? double.NaN;
}
