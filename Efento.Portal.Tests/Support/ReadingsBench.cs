using System.Globalization;
using Efento.Portal.Arrivals;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Access.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Support;

/// <summary>The reading store with its rollups on a database of its own, without gateways, pages or timers.</summary>
internal sealed class ReadingsBench : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteReadingStore _store;
    private readonly SeriesDirectory _series = new();
    private long _lastMessageId;

    private ReadingsBench(DateTimeOffset now)
    {
        SqliteDatabase.Initialise();
        Time = new FakeTimeProvider(now);
        _database = new SqliteDatabase(_directory.Path);
        _store = new SqliteReadingStore(_database, new ReceiptTimes());
        Gate = new WriteGate(_database);
        Feed = new LiveFeed(Time, new LogLimiter(Time), NullLogger<LiveFeed>.Instance);
        Queue = new RollupQueue();
        Keeper = NewKeeper();
        Ranges = new RangeReader(new SqliteRangeStore(_database, Receipts), Loggers, Queue, Time);
    }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>When messages were received.</summary>
    public ReceiptTimes Receipts { get; } = new();

    /// <summary>The turn to write.</summary>
    public WriteGate Gate { get; }

    /// <summary>Who is told what changed.</summary>
    public LiveFeed Feed { get; }

    /// <summary>What was stored, on its way to the rollups.</summary>
    public ArrivalFeed Arrivals { get; private set; } = new();

    /// <summary>What has to be rolled up.</summary>
    public RollupQueue Queue { get; private set; }

    /// <summary>Rolls it up.</summary>
    public RollupJob Keeper { get; private set; }

    /// <summary>Reads it.</summary>
    public RangeReader Ranges { get; private set; }

    /// <summary>Reads readings for downloads.</summary>
    public IReadingPortions Portions => new SqliteReadingPortions(_database);

    /// <summary>The loggers in memory; none unless a test adds one.</summary>
    public LoggerDirectory Loggers { get; } = new();

    /// <summary>The database, to look into.</summary>
    public PortalDatabase Database => new(_directory.Path);

    /// <summary>An empty database.</summary>
    public static async Task<ReadingsBench> CreateAsync(DateTimeOffset now)
    {
        var bench = new ReadingsBench(now);
        using (var lease = await bench.Gate.EnterAsync())
        {
            await using var db = lease.CreateContext();
            await db.Database.MigrateAsync();
        }

        await bench.BeginAsync();
        return bench;
    }

    /// <summary>A series of a logger of its own that named an interval.</summary>
    public async Task<SeriesEntry> AddSeriesAsync(string type = "temperature", int intervalSeconds = 180) =>
        await Gate.WriteAsync(async db =>
    {
        var id = _series.All.Count() + 1;
        db.Loggers.Add(new Logger { Id = id, Serial = Some.Serial(), FirstTokenId = 1, FirstSeenUtc = Time.GetUtcNow() });
        db.Series.Add(new Series { Id = id, LoggerId = id, Channel = 1, Type = type, TypeKey = MeasurementTypes.Get(type).Key });
        db.LoggerChanges.Add(new LoggerChange { LoggerId = id, MeasuredAt = 0, IntervalSeconds = intervalSeconds });
        await db.SaveChangesAsync();
        var added = new SeriesEntry(id, id, 1, MeasurementTypes.Get(type));
        _series.Add(added);
        return added;
    });

    /// <summary>Stores readings as one message of the present; NaN is one without value.</summary>
    public Task StoreAsync(SeriesEntry series, params IEnumerable<(DateTimeOffset At, double Value)> readings) =>
        StoreAsync(series, readings, isNoted: true);

    /// <summary>
    /// Stores readings; unless <paramref name="isNoted"/>, memory learns nothing of it, as if the process had ended after the commit.
    /// </summary>
    public Task StoreAsync(SeriesEntry series, IEnumerable<(DateTimeOffset At, double Value)> readings, bool isNoted) =>
        StoreAsync(
            series,
            readings.Select(
                r => double.IsNaN(r.Value) ? (r.At, null, ReadingStatus.NoValue) : (r.At, (double?)r.Value, ReadingStatus.Valid)), isNoted);

    /// <summary>Stores readings with the logger's word.</summary>
    public async Task StoreAsync(
        SeriesEntry series, IEnumerable<(DateTimeOffset At, double? Value, ReadingStatus Status)> readings, bool isNoted = true)
    {
        using var lease = await Gate.EnterAsync();
        var all = readings.Select(r => (Ms: r.At.ToUnixTimeMilliseconds(), r.Value, r.Status)).ToList();
        var after = _lastMessageId;
        var id = _lastMessageId = Receipts.Next(Time.GetUtcNow().ToUnixTimeMilliseconds(), _lastMessageId);
        List<long> stored = [];
        Run(lease, "BEGIN IMMEDIATE");
        using (var writer = _store.CreateWriter(lease.Connection))
        {
            foreach (var (ms, value, status) in all)
            {
                var reading = new Reading(ms, value, status, ReadingFlags.None, id);
                if (writer.Store(series, reading) is StoreOutcome.New or StoreOutcome.Superseding)
                {
                    stored.Add(ms);
                }
            }
        }

        Run(lease, string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO message (id, token_id, address, route, bytes, records, new_readings, duplicate_readings, conflicting_readings, quarantined_parts,
                ignored_records, answer, milliseconds, earliest_measured_at, latest_measured_at, loggers)
            VALUES ({id}, 1, '', '', 0, 0, {stored.Count}, 0, 0, 0, 0, 201, 0, {all.Min(r => r.Ms)}, {all.Max(r => r.Ms)}, x'{Convert.ToHexString(BitConverter.GetBytes(series.LoggerId))}')
            """));
        Run(lease, "COMMIT");
        if (isNoted)
        {
            var spans = new ArrivalSpans();
            stored.ForEach(ms => spans.Add(series.LoggerId, ms));
            Arrivals.Publish(new ArrivalBatch(after, id, spans.TakeAll()));
        }
    }

    /// <summary>Rolls up until nothing is left to do.</summary>
    public async Task RollUpAsync()
    {
        while (await Keeper.RollUpAsync())
        {
        }
    }

    /// <summary>Forgets everything in memory, as a new process does.</summary>
    public Task RestartAsync()
    {
        Keeper.Dispose();
        Arrivals.Dispose();
        (Queue, Arrivals) = (new RollupQueue(), new ArrivalFeed());
        Keeper = NewKeeper();
        Ranges = new RangeReader(new SqliteRangeStore(_database, Receipts), Loggers, Queue, Time);
        return BeginAsync();
    }

    /// <summary>Lets the feed know that messages are there that it was not told of, as when the database was opened anew.</summary>
    public void Reach() => Arrivals.Reach(_lastMessageId);

    /// <summary>Deletes what was measured before a time.</summary>
    public async Task DeleteBeforeAsync(DateTimeOffset before)
    {
        using var lease = await Gate.EnterAsync();
        while (_store.DeleteBefore(lease.Connection, before.ToUnixTimeMilliseconds(), 1_000))
        {
        }
    }

    /// <summary>A range of a series.</summary>
    public ChannelRange Read(
        SeriesEntry series, DateTimeOffset from, DateTimeOffset to, int maxPoints = 1_000, TimeZoneInfo? zone = null) =>
        Ranges.Read(
            series.Type, [Span(series, from, to)], new Stretch(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()), maxPoints,
            zone);

    /// <summary>A series over a range.</summary>
    public static SeriesSpan Span(SeriesEntry series, DateTimeOffset from, DateTimeOffset to) =>
        new(series, 0, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());

    /// <summary>The rolled hours or days ("hour", "day") of a series, a line each.</summary>
    public IReadOnlyList<string> Rolled(string unit, SeriesEntry series) => Database.Lines(
        $"SELECT {unit}, count, empty, min, max, round(sum, 6), first_at, last_at FROM rollup_{unit} WHERE series_id = $0 ORDER BY {unit}",
        series.Id);

    /// <summary>What they should be: counted by SQLite from the readings themselves.</summary>
    public IReadOnlyList<string> Counted(string unit, SeriesEntry series, long before = long.MaxValue)
    {
        var ms = unit is "hour" ? 3_600_000 : 86_400_000;
        return Database.Lines(
            $"""
            SELECT measured_at / {ms}, count(value), count(*) - count(value), min(value), max(value), round(ifnull(sum(value), 0), 6),
                ifnull(min(CASE WHEN value IS NOT NULL THEN measured_at END), min(measured_at)),
                ifnull(max(CASE WHEN value IS NOT NULL THEN measured_at END), max(measured_at))
            FROM reading WHERE series_id = $0 AND measured_at / {ms} < $1 GROUP BY measured_at / {ms} ORDER BY 1
            """,
            series.Id,
            before);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Keeper.Dispose();
        Arrivals.Dispose();
        Gate.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private RollupJob NewKeeper() => new(Gate, new SqliteRollupStore(Receipts), Queue, _series, Arrivals, Feed, Time);

    /// <summary>Lets the rollups go on after their cursor, as at a start.</summary>
    private async Task BeginAsync()
    {
        var database = new Databases(_database.Path);
        var (cursors, lastId, _) = await new ArrivalCursors(Gate, Time).LoadAsync([Keeper.Name]);
        var subscription = new ArrivalSubscription(Keeper, new ArrivalLedger(database), Time);
        await subscription.BeginAsync(cursors.TryGetValue(Keeper.Name, out var cursor) ? cursor : null, lastId);
        Arrivals.Subscribe([subscription]);
    }

    private static void Run(WriteLease lease, string sql)
    {
        using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
