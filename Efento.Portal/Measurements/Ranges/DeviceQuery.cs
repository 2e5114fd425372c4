using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Signal and battery of what measured at a point. Signals are not rolled up: a range is read reading by reading, of one channel, for a record's
/// signal stands with each of its readings.
/// </summary>
public sealed class DeviceQuery(SqliteDatabase database, SeriesDirectory series, LoggerDirectory loggers, PointHistory points)
{
    /// <summary>How many points the signal has at most, breaks apart.</summary>
    public const int MostPoints = 300;

    private static readonly string SignalSql =
        $"""
        SELECT CAST(avg(r.measured_at) AS INTEGER), min(r.signal), max(r.signal), avg(r.signal)
        FROM logger_day d CROSS JOIN reading r ON {SqliteReadingStore.InDay} AND r.series_id = ?2
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

    /// <summary>What the loggers of a point said of themselves in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>).</summary>
    /// <param name="scope">Whoever asks.</param>
    /// <param name="pointId">The measuring point.</param>
    /// <param name="fromUtc">From when on.</param>
    /// <param name="toUtc">Until when.</param>
    /// <param name="gaps">Times in which nothing was measured, in order.</param>
    /// <param name="cancellationToken">Ends it before it reads.</param>
    public async Task<DeviceHistory> ReadPointAsync(
        SiteScope scope, int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, IReadOnlyList<HistoryGap> gaps, CancellationToken cancellationToken = default)
    {
        var spans = await points.SpansAsync(scope, pointId, cancellationToken);
        return await Task.Run(() => Read(spans, new Stretch(fromUtc.ToUnixTimeMilliseconds(), toUtc.ToUnixTimeMilliseconds()), gaps), cancellationToken);
    }

    private DeviceHistory Read(IReadOnlyList<PointSpan> spans, Stretch range, IReadOnlyList<HistoryGap> gaps)
    {
        var stepMs = Math.Max(1, (range.ToMs - range.FromMs + MostPoints - 1) / MostPoints);
        List<BandPoint> signal = [];
        List<StateStretch> battery = [];
        using var connection = database.OpenReader();
        using var signals = new SqliteStatement(connection, SignalSql);
        using var states = new SqliteStatement(connection, BatterySql);
        foreach (var span in spans)
        {
            var its = new Stretch(Math.Max(range.FromMs, span.FromUtc.ToUnixTimeMilliseconds()), Math.Min(range.ToMs, span.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue));
            if (its.FromMs < its.ToMs)
            {
                AddSignal(signals, span.LoggerId, its, range.FromMs, stepMs, signal);
                AddBattery(states, span.LoggerId, its, battery);
            }
        }

        return new DeviceHistory(Broken(signal, gaps), battery, stepMs);
    }

    private void AddSignal(SqliteStatement rows, int loggerId, Stretch its, long originMs, long stepMs, List<BandPoint> into)
    {
        var all = series.Of(loggerId).ToList();
        List<BandPoint> found = [];
        foreach (var one in all.Where(s => s.Channel == all[0].Channel))
        {
            rows.Bind(1, loggerId).Bind(2, one.Id).Bind(3, SqliteReadingStore.Day(its.FromMs)).Bind(4, SqliteReadingStore.Day(its.ToMs - 1))
                .Bind(5, its.FromMs).Bind(6, its.ToMs).Bind(7, originMs).Bind(8, stepMs);
            while (rows.Read())
            {
                found.Add(new BandPoint(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetDouble(3) ?? double.NaN));
            }
        }

        into.AddRange(found.OrderBy(p => p.TimeMs));
    }

    /// <summary>What a record said holds until another says otherwise, or to the last one there was.</summary>
    private void AddBattery(SqliteStatement rows, int loggerId, Stretch its, List<StateStretch> into)
    {
        var lastMs = loggers.TryGet(loggerId, out var logger) ? logger.LastContact?.MeasuredAtMs : null;
        var endMs = Math.Min(its.ToMs, lastMs ?? its.FromMs);
        (long FromMs, bool IsLow)? open = null;
        rows.Bind(1, loggerId).Bind(2, its.FromMs).Bind(3, its.ToMs);
        while (rows.Read())
        {
            var (atMs, isLow) = (Math.Max(its.FromMs, rows.GetInt64(0)), rows.GetDouble(1) is { } low ? low != 0 : (bool?)null);
            if (open?.IsLow == isLow)
            {
                continue;
            }

            Close(atMs);
            open = isLow is { } state ? (atMs, state) : null;
        }

        Close(endMs);

        void Close(long untilMs)
        {
            if (open is { } its && its.FromMs < untilMs)
            {
                into.Add(new StateStretch(its.FromMs, untilMs, its.IsLow ? 1 : 0, 0, its.IsLow ? 1 : 0));
            }
        }
    }

    /// <summary>No line leads over a gap; where a sensor alone failed, signals came all the same.</summary>
    private static List<BandPoint> Broken(List<BandPoint> points, IReadOnlyList<HistoryGap> gaps)
    {
        var silent = gaps.Where(g => g.Cause is not GapCause.NoValue).ToList();
        List<BandPoint> broken = new(points.Count + silent.Count);
        var next = 0;
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0)
            {
                while (next < silent.Count && silent[next].ToMs <= points[i - 1].TimeMs)
                {
                    next++;
                }

                var middle = points[i - 1].TimeMs + ((points[i].TimeMs - points[i - 1].TimeMs) / 2);
                if (next < silent.Count && silent[next].FromMs < points[i].TimeMs)
                {
                    broken.Add(new BandPoint(middle, double.NaN, double.NaN, double.NaN));
                }
            }

            broken.Add(points[i]);
        }

        return broken;
    }
}
