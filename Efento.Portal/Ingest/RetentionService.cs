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

    /// <summary>Deletes what is due.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldestMessage = MessageId.First((now - options.CurrentValue.Ledger).ToUnixTimeMilliseconds());
        await DeleteMessagesAsync(oldestMessage, cancellationToken);
        await gate.WriteAsync(
            db => db.Database.ExecuteSqlRawAsync(
                "DELETE FROM refusal WHERE id NOT IN (SELECT id FROM refusal ORDER BY last_utc DESC LIMIT {0})", [MostRefusals], cancellationToken),
            cancellationToken);
        if (options.CurrentValue.Readings is { } kept)
        {
            await DeleteReadingsAsync((now - kept).ToUnixTimeMilliseconds(), cancellationToken);
        }
    }

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

    private async Task DeleteMessagesAsync(long oldest, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            deleted = await gate.WriteAsync(db => db.Database.ExecuteSqlRawAsync(LedgerSql, [oldest, Portion], cancellationToken), cancellationToken);
        }
        while (deleted == Portion);
    }

    private async Task DeleteReadingsAsync(long beforeMs, CancellationToken cancellationToken)
    {
        bool isMore;
        do
        {
            isMore = await gate.WriteAsync(
                db => Task.FromResult(readings.DeleteBefore(db.Database.GetDbConnection(), beforeMs, Portion)), cancellationToken);
        }
        while (isMore);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What has been kept long enough could not be deleted; it is tried again in an hour")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
