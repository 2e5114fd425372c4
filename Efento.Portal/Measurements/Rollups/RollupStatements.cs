using Efento.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Measurements.Rollups;

/// <summary>Makes rollups on the writing connection, within the caller's turn.</summary>
internal sealed class RollupStatements(SqliteConnection connection, ReceiptTimes receipts) : IDisposable
{
    private const int QuartersPerHour = 4;

    private readonly SqliteStatement _readings = new(connection, RollupSql.Quarter);
    private readonly SqliteStatement _hours = new(connection, RollupSql.Hours);
    private readonly RollupTable _hour = new(connection, "rollup_hour", "hour");
    private readonly RollupTable _day = new(connection, "rollup_day", "day");

    private readonly SqliteStatement _firstQuarter = new(connection, "SELECT min(quarter) FROM reading WHERE quarter >= ?");

    private readonly SqliteStatement _heard = new(connection,
        "SELECT s.id FROM logger l CROSS JOIN logger_day d ON d.logger_id = l.id AND d.day = ? CROSS JOIN series s ON s.logger_id = l.id");

    private readonly SqliteStatement _state = new(connection, "SELECT rolled_before, message_id FROM rollup_state");

    private readonly SqliteStatement _setState = new(connection, "INSERT OR REPLACE INTO rollup_state (id, rolled_before, message_id) VALUES (1, ?, ?)");

    private readonly SqliteStatement _lastMessage = new(connection, "SELECT ifnull(max(id), 0) FROM message");

    /// <summary>Rolls hours of a day of a series up anew, and then the day.</summary>
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

    /// <summary>The hour of the first reading in <paramref name="hour"/> or later; null if there is none.</summary>
    public long? FirstHourFrom(long hour)
    {
        _firstQuarter.Bind(1, hour * QuartersPerHour).Read();
        var quarter = _firstQuarter.GetDouble(0);
        _firstQuarter.Reset();
        return quarter is { } first ? (long)first >> 2 : null;
    }

    /// <summary>The series of the loggers heard on a day.</summary>
    public IEnumerable<int> SeriesHeardOn(long day)
    {
        _heard.Bind(1, day);
        while (_heard.Read())
        {
            yield return (int)_heard.GetInt64(0);
        }
    }

    /// <summary>How far it was come; null before the first time.</summary>
    public RollupMark? ReadMark()
    {
        RollupMark? mark = _state.Read() ? new RollupMark(_state.GetInt64(0), _state.GetInt64(1)) : null;
        _state.Reset();
        return mark;
    }

    /// <summary>Notes how far it has come.</summary>
    public void Write(RollupMark mark) => _setState.Bind(1, mark.RolledBefore).Bind(2, mark.MessageId).Execute();

    /// <summary>The newest message; 0 before the first.</summary>
    public long LastMessageId()
    {
        _lastMessage.Read();
        var id = _lastMessage.GetInt64(0);
        _lastMessage.Reset();
        return id;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (IDisposable[])[_readings, _hours, _hour, _day, _firstQuarter, _heard, _state, _setState, _lastMessage])
        {
            statement.Dispose();
        }
    }

    private Rollup? OfReadings(SeriesEntry series, long hour)
    {
        Rollup? sum = null;
        for (var quarter = hour * QuartersPerHour; quarter < (hour + 1) * QuartersPerHour; quarter++)
        {
            _readings.Bind(1, quarter).Bind(2, series.Id);
            while (_readings.Read())
            {
                var one = Rollup.Of(_readings.GetInt64(0), _readings.GetDouble(1) ?? double.NaN, receipts.ReceivedMs(_readings.GetInt64(2)));
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

/// <summary>One of the two tables of rollups, written.</summary>
internal sealed class RollupTable(SqliteConnection connection, string table, string time) : IDisposable
{
    private readonly SqliteStatement _put = new(connection,
        $"INSERT OR REPLACE INTO {table} (series_id, {time}, {RollupRow.Columns}) VALUES (?, ?, {RollupRow.Parameters})");

    private readonly SqliteStatement _delete = new(connection, $"DELETE FROM {table} WHERE series_id = ? AND {time} = ?");

    /// <summary>Puts a rollup into its place; null where no reading is left.</summary>
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

/// <summary>How far rollups have come: kept with them, so that nothing stays stale after a crash.</summary>
/// <param name="RolledBefore">Hours before this one are rolled up.</param>
/// <param name="MessageId">What came with messages up to this one is in them.</param>
internal readonly record struct RollupMark(long RolledBefore, long MessageId);
