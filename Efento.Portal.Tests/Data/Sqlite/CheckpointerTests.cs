using System.Buffers.Binary;
using System.Collections.Concurrent;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Efento.Portal.Tests.Data.Sqlite;

/// <summary>The log is copied into the database beside the traffic.</summary>
public sealed class CheckpointerTests : IDisposable
{
    /// <summary>A little more than a log may hold here before it is copied, 8 MB.</summary>
    private const int MuchMegabytes = 9;

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly WriteGate _gate;
    private readonly Lines _log = new();

    public CheckpointerTests()
    {
        _database = new SqliteDatabase(_directory.Path) { CheckpointPages = 2_000 };
        _gate = new WriteGate(_database);
    }

    [Fact]
    public async Task Log_WrittenFullAgainAndAgain_BeginsAnewAndDoesNotGrow()
    {
        using var checkpointer = await StartAsync(_database);
        var first = await FillLogAsync();

        for (var i = 0; i < 2; i++)
        {
            await UntilLogBeginsAnewAsync();
            Assert.Equal(first, await FillLogAsync(), tolerance: first / 10);
        }

        Assert.Empty(_log.Entries);
        await checkpointer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Log_BeingCopied_LeavesTheTurnToWhoWrites()
    {
        using var checkpointer = await StartAsync(_database);
        var first = await _gate.EnterAsync();
        var next = _gate.EnterAsync().AsTask();
        WriteMuch(first);
        first.Dispose();

        using (var lease = await next)
        {
            Execute(lease, "BEGIN IMMEDIATE; INSERT INTO t VALUES (2, x'00')");
            await Until.TrueAsync(() => new FileInfo(_database.Path).Length > MuchMegabytes * 1_000_000L);
            Execute(lease, "COMMIT");
        }

        Assert.Empty(_log.Entries);
        await checkpointer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Copying_FailsAgainAndAgain_IsLoggedOnceUntilItWorked()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_directory.Path, "elsewhere")).FullName;
        using var checkpointer = await StartAsync(new SqliteDatabase(elsewhere));
        for (var i = 0; i < 3; i++)
        {
            await FillLogAsync();
            await Until.TrueAsync(() => _gate.CheckpointDue.Count == 0);
        }

        // The third was taken, so two have failed.
        await Until.TrueAsync(() => !_log.Entries.IsEmpty);
        Assert.StartsWith("Warning: The write-ahead log could not be copied", Assert.Single(_log.Entries), StringComparison.Ordinal);
        Assert.False(checkpointer.ExecuteTask!.IsCompleted);

        new SqliteDatabase(elsewhere).OpenWriter().Dispose();
        await FillLogAsync();
        await UntilLogBeginsAnewAsync();
        File.Delete(Path.Combine(elsewhere, "portal.db"));
        await FillLogAsync();
        await Until.TrueAsync(() => _log.Entries.Count == 2);
        await checkpointer.StopAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _directory.Dispose();
    }

    private async Task<Checkpointer> StartAsync(SqliteDatabase database)
    {
        using (var lease = await _gate.EnterAsync())
        {
            Execute(lease, "CREATE TABLE t (id INTEGER PRIMARY KEY, content BLOB)");
        }

        var checkpointer = new Checkpointer(database, _gate, _log);
        await checkpointer.StartAsync(CancellationToken.None);
        return checkpointer;
    }

    /// <summary>Writes as much as makes a copy due, and tells how long the log then is.</summary>
    private async Task<double> FillLogAsync()
    {
        using var lease = await _gate.EnterAsync();
        WriteMuch(lease);
        return new FileInfo(Log).Length;
    }

    private static void WriteMuch(WriteLease lease) =>
        Execute(
            lease,
            $"INSERT INTO t VALUES (1, randomblob({MuchMegabytes * 1024 * 1024})) ON CONFLICT DO UPDATE SET content = excluded.content");

    /// <summary>Writes little until a write has found the log copied and begun it anew: its header then counts one more.</summary>
    private async Task UntilLogBeginsAnewAsync()
    {
        var before = TimesBegun();
        await Until.TrueAsync(async () =>
        {
            using var lease = await _gate.EnterAsync();
            Execute(lease, "INSERT INTO t VALUES (2, randomblob(8)) ON CONFLICT DO UPDATE SET content = excluded.content");
            return TimesBegun() != before;
        });
    }

    private string Log => _database.Path + "-wal";

    /// <summary>The checkpoint sequence number. Source: sqlite.org/fileformat2.html, "WAL header".</summary>
    private uint TimesBegun()
    {
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[16];
        log.ReadExactly(header);
        return BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12));
    }

    private static void Execute(WriteLease lease, string sql)
    {
        using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Lines : ILogger<Checkpointer>
    {
        public ConcurrentQueue<string> Entries { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }
}
