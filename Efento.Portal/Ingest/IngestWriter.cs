using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The one writer of messages: whatever waits becomes one transaction, synced to disk before anybody is answered 201 (group commit).
/// A failing store refuses the whole batch (503); a message that fails alone is quarantined and harms nobody else. A large message is stored in
/// portions, others between them.
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
    private const string Failed = "The portal failed; its log says why.";

    private readonly List<PendingMessage> _batch = [];
    private readonly List<(PendingMessage Message, IngestOutcome Outcome)> _applied = [];
    private readonly PortionQueue _portions = new();
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
        while (!_portions.IsEmpty || await queue.WaitAsync(CancellationToken.None))
        {
            queue.TakeAll(_batch);
            var taken = _batch.Count;
            _portions.TakeFrom(_batch);
            if (_batch.Count > 0)
            {
                await WriteBatchAsync();
            }

            // Told after they have left: whoever knows of its answer counts no longer as waiting.
            queue.Done(taken);
            _batch.ForEach(message => message.Tell());
            _batch.Clear();
            if (!_portions.IsEmpty)
            {
                await WritePortionAsync(_portions.Current);
                _portions.Next();
            }
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

    /// <summary>
    /// Stores the next portion of a large message. What is stored stays whatever becomes of the rest: the message comes again and adds it.
    /// </summary>
    private async Task WritePortionAsync(PortionedMessage large)
    {
        try
        {
            if (queue.IsClosed)
            {
                large.Message.Decide(IngestOutcome.Later(IngestText.QueueClosed));
            }
            else
            {
                using var lease = await gate.EnterAsync();
                WritePortion(lease, large);
            }
        }
        catch (QuarantineFullException full)
        {
            large.Message.Decide(IngestOutcome.Later(full.Message));
        }
        catch (SqliteException fault)
        {
            Refuse([large.Message], fault);
        }
        catch (Exception fault)
        {
            Report(fault);
            large.Message.Decide(IngestOutcome.Later(Failed));
        }

        if (large.Message.IsDecided)
        {
            large.Message.Tell();
        }
    }

    private void WritePortion(WriteLease lease, PortionedMessage large)
    {
        try
        {
            try
            {
                Write(lease, large, applier.ApplyPortion);
            }
            catch (Exception fault) when (IsOfMessage(fault))
            {
                NotePoisoned(large.Message, fault);
                Write(lease, large, applier.ApplyPoisonedPortion);
            }
        }
        catch (SqliteException fault)
        {
            Discard(lease, fault);
            throw;
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
            _batch.ForEach(message => message.Decide(IngestOutcome.Later(Failed)));
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
        foreach (var message in _batch.Where(m => !m.IsDecided))
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
                message.Decide(IngestOutcome.Later(Failed));
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
        catch (Exception fault) when (IsOfMessage(fault))
        {
            NotePoisoned(message, fault);
            Write(lease, [message], isPoisoned: true);
        }
    }

    private void NotePoisoned(PendingMessage message, Exception fault)
    {
        if (limiter.IsDue(nameof(LogPoisoned)))
        {
            LogPoisoned(logger, message.Route, message.Body.Length, fault);
        }
    }

    /// <summary>Commits the messages together and tells those who wait.</summary>
    private void Write(WriteLease lease, IReadOnlyList<PendingMessage> messages, bool isPoisoned = false)
    {
        _applied.Clear();
        Commit(
            lease,
            messages,
            (statements, lastId, current, now) =>
            {
                foreach (var message in messages)
                {
                    lastId = receipts.Next(message.ReceivedMs, lastId);
                    var outcome = isPoisoned
                        ? applier.ApplyPoisoned(message, lastId, statements, effects, current, now)
                        : applier.Apply(message, lastId, statements, effects, current, now);
                    _applied.Add((message, outcome));
                }

                return lastId;
            },
            _ => _applied.ForEach(applied => applied.Message.Decide(applied.Outcome)));
    }

    /// <summary>Commits the next portion of a large message, under an id of this moment: programs that follow the arrivals are past the message's own time.</summary>
    private void Write(WriteLease lease, PortionedMessage large, Func<PortionedMessage, long, IngestStatements, BatchEffects, IngestOptions, long, IngestOutcome?> apply)
    {
        IngestOutcome? outcome = null;
        Commit(
            lease,
            [large.Message],
            (statements, lastId, current, now) =>
            {
                var id = receipts.Next(large.FirstId is null ? large.Message.ReceivedMs : now, lastId);
                outcome = apply(large, id, statements, effects, current, now);
                return id;
            },
            id =>
            {
                large.Advance(id);
                if (outcome is not null)
                {
                    large.Message.Decide(outcome);
                }
            });
    }

    /// <summary>Runs one transaction.</summary>
    /// <param name="lease">The turn to write.</param>
    /// <param name="messages">Whose it is.</param>
    /// <param name="apply">What is written, after the last message's id; gives the last id it used.</param>
    /// <param name="durable">Runs once it is durable, whatever becomes of the effects.</param>
    private void Commit(
        WriteLease lease, IReadOnlyList<PendingMessage> messages, Func<IngestStatements, long, IngestOptions, long, long> apply, Action<long> durable)
    {
        var statements = StatementsOn(lease);
        long lastId;
        try
        {
            Run(lease, "BEGIN IMMEDIATE");
            lastId = apply(statements, clock.LastMessageId, options.CurrentValue, clock.NowMs);
            Run(lease, "COMMIT");
        }
        catch
        {
            try
            {
                effects.Rollback();
                newDevices.Rollback();
                statements.Readings.RolledBack();
            }
            finally
            {
                RollBack(lease);
            }

            throw;
        }

        clock.LastMessageId = lastId;
        try
        {
            effects.Commit();
            lease.EnsureInPlace();
            health.Works();
        }
        catch (SqliteException moved) when (StoreHealth.IsMoved(moved))
        {
            // Committed, but into files that are gone at the next start.
            Refuse(messages, moved);
        }
        finally
        {
            durable(lastId);
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

    /// <summary>
    /// Whether the message is at fault, so that it would fail again and again: not the store, not want of room, and not want of memory, which another
    /// message may have caused.
    /// </summary>
    private static bool IsOfMessage(Exception fault) => fault is not (QuarantineFullException or OutOfMemoryException) && !IsStoreFault(fault);

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
