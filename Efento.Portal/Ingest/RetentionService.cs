using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>Deletes what has been kept long enough: the ledger after 30 days, readings only if that was asked for.</summary>
internal sealed partial class RetentionService(
    WriteGate gate,
    IReadingStore readings,
    IOptionsMonitor<RetentionOptions> options,
    ReceiptTimes receipts,
    ServerClock clock,
    ClockGuard guard,
    DeviceTime devices,
    ClockWatch watch,
    StoreHealth health,
    TimeProvider time,
    ILogger<RetentionService> logger) : BackgroundService
{
    /// <summary>Rows deleted in one turn at the gate: a few ms, so that no message waits for it.</summary>
    private const int Portion = 5_000;

    /// <summary>
    /// The newest of the old messages with readings stays: who read the arrivals up to it has missed nothing (<see cref="LedgerQuery"/>).
    /// </summary>
    private const string LedgerSql =
        """
        DELETE FROM message WHERE id IN (
            SELECT id FROM message
            WHERE id < {0} AND id <> ifnull((SELECT max(id) FROM message WHERE id < {0} AND earliest_measured_at IS NOT NULL), 0) LIMIT {1})
        """;

    /// <summary>Addresses that knocked with a wrong token; the last ones are kept.</summary>
    private const int MostRefusals = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>
    /// Deletes what is due, if the clock may be trusted: by the time that several loggers confirm, never by what the clock alone says.
    /// </summary>
    /// <returns>Whether anything could be deleted by age.</returns>
    public async Task<bool> PruneAsync(CancellationToken cancellationToken)
    {
        await DeleteRefusalsAsync(cancellationToken);
        await watch.LookAsync(cancellationToken);
        if (guard.Why is not null || clock.Fault is not null || devices.Read(clock.NowMs).ConfirmedMs is not { } confirmedMs)
        {
            return false;
        }

        await PruneAsync(DateTimeOffset.FromUnixTimeMilliseconds(confirmedMs), cancellationToken);
        return true;
    }

    /// <summary>Deletes what is due at <paramref name="now"/>.</summary>
    internal async Task PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await DeleteMessagesAsync(now - options.CurrentValue.Ledger, cancellationToken);
        if (options.CurrentValue.Readings is { } kept)
        {
            await DeleteReadingsAsync(now - kept, cancellationToken);
        }
    }

    /// <summary>By number, not by age.</summary>
    private Task DeleteRefusalsAsync(CancellationToken cancellationToken) =>
        gate.WriteAsync(
            db => db.Database.ExecuteSqlRawAsync(
                "DELETE FROM refusal WHERE id NOT IN (SELECT id FROM refusal ORDER BY last_utc DESC LIMIT {0})", [MostRefusals], cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception exception) when (exception.GetBaseException() is SqliteException fault)
            {
                health.Fails(fault);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFault(logger, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteMessagesAsync(DateTimeOffset beforeUtc, CancellationToken cancellationToken)
    {
        var first = receipts.First(beforeUtc.ToUnixTimeMilliseconds());
        var (all, deleted, oldest) = (0, 0, (long?)null);
        do
        {
            deleted = await gate.WriteAsync(
                async db =>
                {
                    oldest ??= await db.Messages.MinAsync(m => (long?)m.Id, cancellationToken);
                    return await db.Database.ExecuteSqlRawAsync(LedgerSql, [first, Portion], cancellationToken);
                },
                cancellationToken);
            all += deleted;
        }
        while (deleted == Portion);
        if (all > 0)
        {
            LogLedger(logger, all, receipts.ReceivedAtUtc(oldest!.Value), beforeUtc);
        }
    }

    private async Task DeleteReadingsAsync(DateTimeOffset beforeUtc, CancellationToken cancellationToken)
    {
        var beforeMs = beforeUtc.ToUnixTimeMilliseconds();
        long? oldest = null;
        bool isMore;
        do
        {
            isMore = await gate.WriteAsync(
                db =>
                {
                    oldest ??= readings.Oldest(db.Database.GetDbConnection());
                    return Task.FromResult(readings.DeleteBefore(db.Database.GetDbConnection(), beforeMs, Portion));
                },
                cancellationToken);
        }
        while (isMore);
        if (oldest < SqliteReadingStore.Day(beforeMs) * SqliteReadingStore.HourMs * 24)
        {
            LogReadings(logger, DateTimeOffset.FromUnixTimeMilliseconds(oldest.Value), beforeUtc.UtcDateTime.Date);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} lines of the ledger were deleted: messages received from {FromUtc:u} to before {ToUtc:u}")]
    private static partial void LogLedger(ILogger logger, int count, DateTimeOffset fromUtc, DateTimeOffset toUtc);

    [LoggerMessage(Level = LogLevel.Information, Message = "Readings were deleted with all that was made of them: measured from {FromUtc:u} to before {ToUtc:u}")]
    private static partial void LogReadings(ILogger logger, DateTimeOffset fromUtc, DateTime toUtc);

    [LoggerMessage(Level = LogLevel.Error, Message = "What has been kept long enough could not be deleted; it is tried again in an hour")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
