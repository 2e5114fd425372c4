using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Reads from SQLite what loggers reported about themselves.</summary>
internal sealed class SqliteDeviceRows(SqliteConnection connection) : IDeviceRows
{
    private static readonly string SignalSql =
        $"""
        SELECT CAST(avg(r.measured_at) AS INTEGER), min(r.signal), max(r.signal), avg(r.signal)
        FROM logger_day d CROSS JOIN reading r ON {ReadingSql.InDay} AND r.series_id = ?2
        WHERE d.logger_id = ?1 AND d.day BETWEEN ?3 AND ?4 AND r.measured_at >= ?5 AND r.measured_at < ?6 AND r.signal IS NOT NULL
        GROUP BY (r.measured_at - ?7) / ?8 ORDER BY 1
        """;

    private const string BatterySql =
        """
        SELECT measured_at, battery_low FROM logger_change
        WHERE logger_id = ?1 AND measured_at < ?3
        AND measured_at >= ifnull((SELECT max(measured_at) FROM logger_change WHERE logger_id = ?1 AND measured_at <= ?2), ?2)
        ORDER BY measured_at
        """;

    private readonly SqliteStatement _signals = new(connection, SignalSql);
    private readonly SqliteStatement _battery = new(connection, BatterySql);

    /// <inheritdoc/>
    public void ReadSignals(SeriesEntry series, Stretch range, long originMs, long stepMs, List<BandPoint> into)
    {
        _signals.Bind(1, series.LoggerId).Bind(2, series.Id).Bind(3, Hours.DayAt(range.FromMs)).Bind(4, Hours.DayAt(range.ToMs - 1))
            .Bind(5, range.FromMs).Bind(6, range.ToMs).Bind(7, originMs).Bind(8, stepMs);
        while (_signals.Read())
        {
            into.Add(new BandPoint(_signals.GetInt64(0), _signals.GetInt64(1), _signals.GetInt64(2), _signals.GetDouble(3) ?? double.NaN));
        }
    }

    /// <inheritdoc/>
    public List<(long FromMs, bool? IsLow)> ReadBattery(int loggerId, Stretch range)
    {
        List<(long, bool?)> words = [];
        _battery.Bind(1, loggerId).Bind(2, range.FromMs).Bind(3, range.ToMs);
        while (_battery.Read())
        {
            words.Add((_battery.GetInt64(0), _battery.GetBoolean(1)));
        }

        return words;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in (IDisposable[])[_signals, _battery, connection])
        {
            owned.Dispose();
        }
    }
}
