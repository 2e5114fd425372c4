namespace Efento.Portal.Data.Sqlite;

/// <summary>SQL that more than one class uses.</summary>
internal static class RollupSql
{
    /// <summary>The readings of a series in a quarter of an hour.</summary>
    public static readonly string Quarter =
        $"SELECT r.measured_at, {ReadingSql.Measurement}, r.message_id FROM reading r WHERE r.quarter = ? AND r.series_id = ? ORDER BY r.measured_at";

    /// <summary>The hours of a series in [from, to).</summary>
    public static readonly string Hours =
        $"SELECT {RollupRow.Columns} FROM rollup_hour WHERE series_id = ? AND hour >= ? AND hour < ? ORDER BY hour";

    /// <summary>The days of a series in [from, to).</summary>
    public static readonly string Days =
        $"SELECT {RollupRow.Columns} FROM rollup_day WHERE series_id = ? AND day >= ? AND day < ? ORDER BY day";

    /// <summary>The last value of a series before a day, and when it was measured.</summary>
    public const string LastDay = "SELECT last_at, last FROM rollup_day WHERE series_id = ? AND day < ? AND count > 0 ORDER BY day DESC LIMIT 1";
}
