using System.Diagnostics;
using Efento.Portal.Arrivals;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Efento.Portal.Benchmarks.History;

/// <summary>
/// Years of loggers that measure every three minutes, written by the portal's own writer and rolled up as it rolls up what an older version
/// stored. A day is missing every month, and each series has one reading that is far off.
/// </summary>
internal sealed class LongHistory : IDisposable
{
    /// <summary>The value that is far off; the others lie between 2 and 7.</summary>
    public const double Spike = 31.5;

    private const long StepMs = 3 * 60_000;
    private const long DayMs = 24 * Hours.LengthMs;
    private const int GapEveryDays = 30;

    private readonly SqliteReadingStore _store;
    private readonly SeriesDirectory _series = new();
    private readonly RollupQueue _queue = new();
    private readonly WriteGate _gate;
    private readonly SqliteDatabase _database;
    private readonly long _endMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / DayMs * DayMs;

    private LongHistory(string directory)
    {
        _database = new SqliteDatabase(directory);
        _store = new SqliteReadingStore(_database, new ReceiptTimes());
        _gate = new WriteGate(_database);
    }

    /// <summary>The serial of one of its loggers.</summary>
    public static string Serial(int id) => $"282C03{id:X6}";

    /// <summary>When the readings end.</summary>
    public DateTimeOffset EndUtc => DateTimeOffset.FromUnixTimeMilliseconds(_endMs);

    /// <summary>How many readings there are.</summary>
    public long Readings { get; private set; }

    /// <summary>How long rolling them up took, pauses included.</summary>
    public TimeSpan RollingUp { get; private set; }

    /// <summary>Writes and rolls up.</summary>
    public static async Task<LongHistory> FillAsync(string directory, int loggers, int years, CancellationToken stopping)
    {
        SqliteDatabase.Initialise();
        var history = new LongHistory(directory);
        using (var lease = await history._gate.EnterAsync(stopping))
        {
            await using var db = lease.CreateContext();
            await db.Database.MigrateAsync(stopping);
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF", stopping);
            history.Write(lease, loggers, history._endMs - (years * 365L * DayMs), stopping);
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = FULL", stopping);
            history._series.Load(db, history._store, history._endMs);
        }

        await history.RollUpAsync(stopping);
        return history;
    }

    /// <summary>A point at which one of the loggers has always measured.</summary>
    public static PointSpans PointOf(int loggerId) =>
        new(SiteScope.Everything, loggerId, [new PointSpan(loggerId, "", DateTimeOffset.UnixEpoch, null)]);

    /// <summary>What pages ask.</summary>
    public RangeQuery OpenQuery()
    {
        var ranges = new SqliteRangeStore(_database, new ReceiptTimes());
        return new RangeQuery(
            new RangeReader(ranges, new LoggerDirectory(), _queue, TimeProvider.System), _series, new LoggerDirectory(), _store, ranges,
            new ReceiptTimes(), TimeProvider.System);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task RollUpAsync(CancellationToken stopping)
    {
        using var keeper = new RollupJob(
            _gate, new SqliteRollupStore(new ReceiptTimes()), _queue, _series, new ArrivalFeed(),
            new LiveFeed(TimeProvider.System, new LogLimiter(TimeProvider.System), NullLogger<LiveFeed>.Instance), TimeProvider.System);
        var begin = Stopwatch.GetTimestamp();
        await keeper.BeginAsync(0, isAnew: true, stopping);
        while (await keeper.RollUpAsync(stopping))
        {
            stopping.ThrowIfCancellationRequested();
        }

        RollingUp = Stopwatch.GetElapsedTime(begin);
    }

    private void Write(WriteLease lease, int loggers, long beginMs, CancellationToken stopping)
    {
        SeriesEntry[] series = [.. Enumerable.Range(1, loggers).Select(id => new SeriesEntry(id, id, 1, MeasurementTypes.Get("temperature")))];
        Run(lease, "BEGIN");
        using (var statements = new SqliteIngestStore(_store).Prepare(lease.Connection))
        {
            foreach (var one in series)
            {
                statements.AddLogger(Serial(one.LoggerId), LoggerApproval.Accepted, tokenId: 1, beginMs);
                statements.Changes.NoteNewest(one.LoggerId, beginMs, new LoggerReport((int)(StepMs / 1000), null, false), before: null);
                statements.AddSeries(one.LoggerId, one.Channel, one.Type);
            }
        }

        Run(lease, "COMMIT");
        using var writer = _store.CreateWriter(lease.Connection);
        for (var dayMs = beginMs; dayMs < _endMs; dayMs += DayMs)
        {
            stopping.ThrowIfCancellationRequested();
            if ((dayMs - beginMs) / DayMs % GapEveryDays == GapEveryDays - 1)
            {
                continue;
            }

            Run(lease, "BEGIN");
            for (var ms = dayMs; ms < dayMs + DayMs; ms += StepMs)
            {
                WriteAt(writer, series, ms, isSpike: ms == beginMs + ((_endMs - beginMs) / 3 / DayMs * DayMs) + (217 * StepMs));
            }

            Run(lease, "COMMIT");
        }
    }

    private void WriteAt(IReadingWriter writer, SeriesEntry[] series, long ms, bool isSpike)
    {
        foreach (var one in series)
        {
            var value = isSpike ? Spike : 2 + (((ms / StepMs) + one.Id) % 50 / 10d);
            writer.Store(one, new Reading(ms, value, ReadingStatus.Valid, ReadingFlags.None, MessageId.First(ms), -60));
            Readings++;
        }
    }

    private static void Run(WriteLease lease, string sql)
    {
        using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
