using Efento.Portal.Measurements;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Parts of SQL that statements about readings share.</summary>
internal static class ReadingSql
{
    /// <summary>The quarters of a day <c>d</c>, as a condition on the first column of the key of readings <c>r</c>.</summary>
    public static readonly string InDay =
        $"r.quarter IN ({string.Join(", ", Enumerable.Range(0, Quarters.PerDay).Select(quarter => $"{Quarters.PerDay} * d.day + {quarter}"))})";

    /// <summary><see cref="Reading.Measurement"/> of a row <c>r</c>: NULL if the number is not a value.</summary>
    public static readonly string Measurement =
        $"CASE WHEN r.flags & {(int)ReadingFlags.ErrorCode} OR r.status IN ({(int)ReadingStatus.Error}, {(int)ReadingStatus.NoValue}) THEN NULL ELSE r.value END";

    /// <summary>The intervals that were in force in a range, each with its begin.</summary>
    public const string Intervals =
        """
        SELECT measured_at, interval_seconds FROM logger_change
        WHERE logger_id = ?1 AND measured_at < ?3
            AND measured_at >= coalesce((SELECT max(measured_at) FROM logger_change WHERE logger_id = ?1 AND measured_at <= ?2), ?2)
        ORDER BY measured_at
        """;
}
