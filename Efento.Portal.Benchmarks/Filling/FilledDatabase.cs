using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Throughput;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Benchmarks.Filling;

/// <summary>
/// Fills a database of the portal with 30 days of a fleet's readings through the portal's own writer, without a sync until the end. The
/// first loggers measure every minute, the others as often as it takes to reach the rows asked for.
/// </summary>
internal sealed class FilledDatabase
{
    /// <summary>Loggers that measure every minute; their keys are 1 … 10.</summary>
    public const int MinuteLoggers = 10;

    /// <summary>How far back readings go.</summary>
    public const int Days = 30;

    /// <summary>When the readings end.</summary>
    public static readonly DateTime EndUtc = Fleet.FirstMeasurementUtc;

    private const int BytesPerReading = 50;
    private const long MinuteMs = 60_000;

    private readonly SqliteReadingStore _store;
    private readonly SqliteConnection _connection;
    private readonly SeriesEntry[][] _loggers;
    private readonly long _intervalMs;

    private FilledDatabase(SqliteReadingStore store, SqliteConnection connection, long rows)
    {
        (_store, _connection) = (store, connection);
        _loggers = [.. Enumerable.Range(1, LoadOptions.FleetLoggers).Select(SeriesOf)];
        var minutes = 2L * MinuteLoggers * Days * 24 * 60;
        var others = 2L * (LoadOptions.FleetLoggers - MinuteLoggers);
        _intervalMs = Math.Max(MinuteMs, (long)(Days * 24 * Hours.LengthMs * (double)others / Math.Max(others, rows - minutes)));
    }

    /// <summary>The free space filling takes, in bytes.</summary>
    public static long BytesFor(long rows) => 2 * rows * BytesPerReading;

    /// <summary>Creates and fills the database in <paramref name="directory"/>; gives how many readings it holds.</summary>
    public static async Task<long> FillAsync(string directory, long rows, CancellationToken stopping)
    {
        SqliteDatabase.Initialise();
        var database = new SqliteDatabase(directory);
        await using var connection = database.OpenWriter();
        await using (var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(connection).Options))
        {
            await db.Database.MigrateAsync(stopping);
        }

        var fill = new FilledDatabase(new SqliteReadingStore(database, new ReceiptTimes()), connection, rows);
        fill.Run("PRAGMA synchronous = OFF");
        fill.WriteLoggers();
        var written = fill.WriteReadings(stopping);
        fill.Run("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
        return written;
    }

    private static SeriesEntry[] SeriesOf(int loggerId) =>
    [
        new((2 * loggerId) - 1, loggerId, 1, MeasurementTypes.Get("temperature")),
        new(2 * loggerId, loggerId, 2, MeasurementTypes.Get("humidity")),
    ];

    private static bool IsMinuteLogger(int loggerId) => loggerId <= MinuteLoggers;

    private static long StartMs => new DateTimeOffset(EndUtc).ToUnixTimeMilliseconds() - (Days * 24 * Hours.LengthMs);

    private void WriteLoggers()
    {
        Run("BEGIN");
        using var statements = new SqliteIngestStore(_store).Prepare(_connection);
        foreach (var series in _loggers)
        {
            var loggerId = series[0].LoggerId;
            statements.AddLogger(FleetMessage.Serial(loggerId - 1), LoggerApproval.Accepted, tokenId: 1, StartMs);
            statements.Changes.NoteNewest(
                loggerId, StartMs, new LoggerReport((int)(IntervalMs(loggerId) / 1000), null, false), before: null);
            Array.ForEach(series, one => statements.AddSeries(one.LoggerId, one.Channel, one.Type));
        }

        Run("COMMIT");
    }

    /// <summary>Hour by hour, as time passes.</summary>
    private long WriteReadings(CancellationToken stopping)
    {
        long written = 0;
        using var writer = _store.CreateWriter(_connection);
        for (var hour = 0; hour < Days * 24; hour++)
        {
            stopping.ThrowIfCancellationRequested();
            Run("BEGIN");
            var fromMs = StartMs + (hour * Hours.LengthMs);
            foreach (var series in _loggers)
            {
                written += WriteHour(writer, series, fromMs);
            }

            Run("COMMIT");
        }

        return written;
    }

    private int WriteHour(IReadingWriter writer, SeriesEntry[] series, long fromMs)
    {
        var written = 0;
        var intervalMs = IntervalMs(series[0].LoggerId);
        var first = (fromMs - StartMs + intervalMs - 1) / intervalMs;
        for (var measuredAtMs = StartMs + (first * intervalMs); measuredAtMs < fromMs + Hours.LengthMs; measuredAtMs += intervalMs)
        {
            var id = MessageId.First(measuredAtMs);
            var value = 20 + (measuredAtMs / MinuteMs % 50 / 10d);
            writer.Store(series[0], new Reading(measuredAtMs, value, ReadingStatus.Valid, ReadingFlags.None, id, -60));
            writer.Store(series[1], new Reading(measuredAtMs, Math.Floor(2 * value), ReadingStatus.Valid, ReadingFlags.None, id, -60));
            written += 2;
        }

        return written;
    }

    private long IntervalMs(int loggerId) => IsMinuteLogger(loggerId) ? MinuteMs : _intervalMs;

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
