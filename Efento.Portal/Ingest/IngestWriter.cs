using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The one writer of messages: whatever waits becomes one transaction, synced to disk before anybody is answered 201 (group commit).
/// A failing store refuses the whole batch (503); a message that fails alone is quarantined and harms nobody else.
/// </summary>
internal sealed partial class IngestWriter(
    IngestQueue queue,
    WriteGate gate,
    IReadingStore readings,
    MessageApplier applier,
    BatchEffects effects,
    NewDeviceQuota newDevices,
    IngestState state,
    StoreHealth health,
    ServerClock clock,
    ReceiptTimes receipts,
    IOptionsMonitor<IngestOptions> options,
    LogLimiter limiter,
    ILogger<IngestWriter> logger) : BackgroundService, IHostedLifecycleService
{
    private readonly List<PendingMessage> _batch = [];
    private readonly List<(PendingMessage Message, IngestOutcome Outcome)> _applied = [];
    private IngestStatements? _statements;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// While the server still listens: new messages are answered 503, those accepted before are committed and answered 201.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is null or { IsCompleted: true })
        {
            _statements?.Dispose();
            _statements = null;
        }
    }

    /// <summary>Runs until the queue is closed and everything in it is committed and answered.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (await queue.WaitAsync(CancellationToken.None))
        {
            queue.TakeAll(_batch);
            await WriteBatchAsync();

            // Told after they have left: whoever knows of its answer counts no longer as waiting.
            queue.Done(_batch);
            _batch.ForEach(message => message.Tell());
            _batch.Clear();
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        try
        {
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStuck(logger);
        }
    }

    private async Task WriteBatchAsync()
    {
        try
        {
            using var lease = await gate.EnterAsync();
            WriteBatch(lease);
        }
        catch (SqliteException fault)
        {
            // The database could not even be opened.
            Refuse(_batch, fault);
        }
        catch (Exception fault)
        {
            // A fault of the writer itself must not end it: gateways keep what they have and come again.
            Report(fault);
            _batch.ForEach(message => message.Decide(IngestOutcome.Later("The portal failed; its log says why.")));
        }
    }

    private void WriteBatch(WriteLease lease)
    {
        try
        {
            Write(lease, _batch);
        }
        catch (Exception fault) when (!IsStoreFault(fault))
        {
            WriteOneByOne(lease);
        }
        catch (SqliteException fault)
        {
            Discard(lease, fault);
            Refuse(_batch, fault);
        }
    }

    /// <summary>One of the batch can't be stored: each gets a transaction of its own, and the one that fails again is set aside.</summary>
    private void WriteOneByOne(WriteLease lease)
    {
        foreach (var message in _batch)
        {
            try
            {
                WriteAlone(lease, message);
            }
            catch (QuarantineFullException full)
            {
                message.Decide(IngestOutcome.Later(full.Message));
            }
            catch (Exception fault) when (!IsStoreFault(fault))
            {
                // Not even set aside: it comes again, the others go on.
                Report(fault);
                message.Decide(IngestOutcome.Later("The portal failed; its log says why."));
            }
            catch (SqliteException fault)
            {
                Discard(lease, fault);
                Refuse([.. _batch.Where(m => !m.IsDecided)], fault);
                return;
            }
        }
    }

    private void WriteAlone(WriteLease lease, PendingMessage message)
    {
        try
        {
            Write(lease, [message]);
        }
        catch (Exception fault) when (fault is not QuarantineFullException && !IsStoreFault(fault))
        {
            if (limiter.IsDue(nameof(LogPoisoned)))
            {
                LogPoisoned(logger, message.Route, message.Body.Length, fault);
            }

            Write(lease, [message], isPoisoned: true);
        }
    }

    /// <summary>Commits the messages together and tells those who wait.</summary>
    private void Write(WriteLease lease, IReadOnlyList<PendingMessage> messages, bool isPoisoned = false)
    {
        var statements = StatementsOn(lease);
        var now = clock.NowMs;
        var current = options.CurrentValue;
        var lastId = clock.LastMessageId;
        _applied.Clear();
        try
        {
            Run(lease, "BEGIN IMMEDIATE");
            foreach (var message in messages)
            {
                lastId = receipts.Next(message.ReceivedMs, lastId);
                var outcome = isPoisoned
                    ? applier.ApplyPoisoned(message, lastId, statements, effects, current, now)
                    : applier.Apply(message, lastId, statements, effects, current, now);
                _applied.Add((message, outcome));
            }

            Run(lease, "COMMIT");
        }
        catch
        {
            effects.Rollback();
            newDevices.Rollback();
            statements.Readings.RolledBack();
            RollBack(lease);
            throw;
        }

        clock.LastMessageId = lastId;
        try
        {
            effects.Commit();
            health.Works();
        }
        finally
        {
            // They are durable, whatever became of the effects.
            _applied.ForEach(applied => applied.Message.Decide(applied.Outcome));
        }
    }

    private void Report(Exception fault)
    {
        if (limiter.IsDue(nameof(LogFault)))
        {
            LogFault(logger, fault);
        }
    }

    private void Refuse(IReadOnlyList<PendingMessage> messages, SqliteException fault)
    {
        health.Fails(fault);
        foreach (var message in messages)
        {
            message.Decide(IngestOutcome.Later(StoreHealth.InWords(fault)));
        }
    }

    /// <summary>
    /// After a failed read, write or sync nothing more is tried on the connection. What the failed transaction wrote may turn up
    /// again when the database is reopened, so memory is then brought in line with it.
    /// </summary>
    private void Discard(WriteLease lease, SqliteException fault)
    {
        if (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_BUSY)
        {
            return;
        }

        _statements?.Dispose();
        _statements = null;
        lease.DiscardConnection();
    }

    private void RollBack(WriteLease lease)
    {
        try
        {
            Run(lease, "ROLLBACK");
        }
        catch (SqliteException fault)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
            LogRollback(logger, fault.SqliteExtendedErrorCode);
        }
    }

    private IngestStatements StatementsOn(WriteLease lease)
    {
        if (_statements is not null && ReferenceEquals(_statements.Connection, lease.Connection))
        {
            return _statements;
        }

        _statements?.Dispose();
        state.Load(lease);
        return _statements = new IngestStatements(lease.Connection, readings);
    }

    private static void Run(WriteLease lease, string sql)
    {
        using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Whether the store itself failed: disk, lock, file, memory; not one message's data.</summary>
    internal static bool IsStoreFault(Exception fault) => fault is SqliteException
    {
        SqliteErrorCode: not (SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG or SQLitePCL.raw.SQLITE_MISMATCH or SQLitePCL.raw.SQLITE_RANGE)
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A message to {Route} of {Bytes} bytes could not be stored and was put into quarantine")]
    private static partial void LogPoisoned(ILogger logger, string route, int bytes, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database did not take what waits in time; gateways were not told it is stored and will send it again")]
    private static partial void LogStuck(ILogger logger);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The writer failed")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Nothing to roll back (SQLite code {Code})")]
    private static partial void LogRollback(ILogger logger, int code);
}
