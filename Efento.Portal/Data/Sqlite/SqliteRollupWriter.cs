using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Makes rollups on the writing connection, while the caller holds the write gate.</summary>
internal sealed class SqliteRollupWriter(SqliteConnection connection, ReceiptTimes receipts) : IRollupWriter
{
    private readonly SqliteStatement _readings = new(connection, RollupSql.Quarter);
    private readonly SqliteStatement _hours = new(connection, RollupSql.Hours);
    private readonly RollupTable _hour = new(connection, "rollup_hour", "hour");
    private readonly RollupTable _day = new(connection, "rollup_day", "day");

    private readonly SqliteStatement _firstQuarter = new(connection, "SELECT min(quarter) FROM reading WHERE quarter >= ?");

    private readonly SqliteStatement _heard = new(connection,
        "SELECT l.id FROM logger l CROSS JOIN logger_day d ON d.logger_id = l.id AND d.day = ?");

    private readonly SqliteStatement _heardDays = new(connection, "SELECT day FROM logger_day WHERE logger_id = ? AND day BETWEEN ? AND ?");

    private readonly SqliteStatement _state = new(connection, "SELECT rolled_before FROM rollup_state");

    private readonly SqliteStatement _setState = new(
        connection, "INSERT OR REPLACE INTO rollup_state (id, rolled_before) VALUES (1, ?)");

    /// <inheritdoc/>
    public void Roll(SeriesEntry series, long day, int hours)
    {
        for (var i = 0; i < Hours.PerDay; i++)
        {
            if ((hours & (1 << i)) != 0)
            {
                var hour = (day * Hours.PerDay) + i;
                _hour.Put(series.Id, hour, OfReadings(series, hour));
            }
        }

        _day.Put(series.Id, day, OfHours(series, day));
    }

    /// <inheritdoc/>
    public long? FirstHourFrom(long hour)
    {
        _firstQuarter.Bind(1, hour * Quarters.PerHour).Read();
        var quarter = _firstQuarter.GetInt64OrNull(0);
        _firstQuarter.Reset();
        return quarter is { } first ? first >> 2 : null;
    }

    /// <inheritdoc/>
    public IEnumerable<int> LoggersHeardOn(long day)
    {
        _heard.Bind(1, day);
        while (_heard.Read())
        {
            yield return (int)_heard.GetInt64(0);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> DaysHeard(int loggerId, long first, long last)
    {
        List<long> days = [];
        _heardDays.Bind(1, loggerId).Bind(2, first).Bind(3, last);
        while (_heardDays.Read())
        {
            days.Add(_heardDays.GetInt64(0));
        }

        return days;
    }

    /// <inheritdoc/>
    public long? ReadRolledBefore()
    {
        long? hour = _state.Read() ? _state.GetInt64(0) : null;
        _state.Reset();
        return hour;
    }

    /// <inheritdoc/>
    public void WriteRolledBefore(long hour) => _setState.Bind(1, hour).Execute();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (
            var statement in (IDisposable[])
            [
                _readings, _hours, _hour, _day, _firstQuarter, _heard, _heardDays, _state, _setState
            ])
        {
            statement.Dispose();
        }
    }

    private Rollup? OfReadings(SeriesEntry series, long hour)
    {
        Rollup? sum = null;
        for (var quarter = hour * Quarters.PerHour; quarter < (hour + 1) * Quarters.PerHour; quarter++)
        {
            _readings.Bind(1, quarter).Bind(2, series.Id);
            while (_readings.Read())
            {
                var one = RollupRow.OfReading(_readings, receipts);
                sum = sum?.Then(one, series.Type.Kind) ?? one;
            }
        }

        return sum;
    }

    private Rollup? OfHours(SeriesEntry series, long day)
    {
        Rollup? sum = null;
        _hours.Bind(1, series.Id).Bind(2, day * Hours.PerDay).Bind(3, (day + 1) * Hours.PerDay);
        while (_hours.Read())
        {
            var one = RollupRow.Read(_hours, 0);
            sum = sum?.Then(one, series.Type.Kind) ?? one;
        }

        return sum;
    }
}

/// <summary>Writes one of the two tables of rollups.</summary>
internal sealed class RollupTable(SqliteConnection connection, string table, string time) : IDisposable
{
    private readonly SqliteStatement _put = new(connection,
        $"INSERT OR REPLACE INTO {table} (series_id, {time}, {RollupRow.Columns}) VALUES (?, ?, {RollupRow.Parameters})");

    private readonly SqliteStatement _delete = new(connection, $"DELETE FROM {table} WHERE series_id = ? AND {time} = ?");

    /// <summary>Replaces a rollup; null deletes it, because no reading is left.</summary>
    public void Put(int seriesId, long at, Rollup? rollup)
    {
        if (rollup is { } one)
        {
            RollupRow.Bind(_put.Bind(1, seriesId).Bind(2, at), 3, one).Execute();
        }
        else
        {
            _delete.Bind(1, seriesId).Bind(2, at).Execute();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
