using Efento.Portal.Arrivals;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>Deletes old data: the ledger after 30 days, and readings only if that is configured.</summary>
internal sealed partial class RetentionService(
    WriteGate gate,
    IReadingStore readings,
    IOptionsMonitor<RetentionOptions> options,
    ReceiptTimes receipts,
    ServerClock clock,
    ClockGuard guard,
    DeviceTime devices,
    LedgerHold hold,
    ClockWatch watch,
    StoreHealth health,
    TimeProvider time,
    ILogger<RetentionService> log) : BackgroundService
{
    /// <summary>
    /// The number of rows that are deleted in one turn at the gate. This takes some ms, so that no message waits for long.
    /// </summary>
    private const int Portion = 5_000;

    /// <summary>The number of rejected senders that are kept.</summary>
    private const int MostRefusals = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>
    /// Deletes what is due by the time that several loggers confirm, never by the server's clock alone. Deletes nothing if the clock can't
    /// be trusted.
    /// </summary>
    /// <returns>Whether the clock could be trusted.</returns>
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

    /// <summary>Limits the rejected senders by number, not by age.</summary>
    private Task DeleteRefusalsAsync(CancellationToken cancellationToken) =>
        gate.WriteAsync(
            db => db.Refusals.OrderByDescending(r => r.LastUtc).ThenByDescending(r => r.Id)
                .Skip(MostRefusals).ExecuteDeleteAsync(cancellationToken),
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
            catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
            {
                health.ReportFault(fault);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFault(log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteMessagesAsync(DateTimeOffset beforeUtc, CancellationToken cancellationToken)
    {
        var (byAge, atMost) = (FirstFrom(beforeUtc), FirstFrom(beforeUtc - LedgerHold.Most));
        var first = await gate.WriteAsync(db => hold.LimitAsync(db, byAge, atMost, cancellationToken), cancellationToken);
        if (hold.Why is { } why)
        {
            LogHeld(log, why);
        }

        var (all, deleted, oldest) = (0, 0, (long?)null);
        do
        {
            deleted = await gate.WriteAsync(
                async db =>
                {
                    oldest ??= await db.Messages.MinAsync(m => (long?)m.Id, cancellationToken);
                    return await DeletePortionAsync(db, first, cancellationToken);
                },
                cancellationToken);
            all += deleted;
        }
        while (deleted == Portion);
        if (all > 0)
        {
            LogLedger(log, all, receipts.ReceivedAtUtc(oldest!.Value), beforeUtc);
        }
    }

    private long FirstFrom(DateTimeOffset receivedUtc) => receipts.First(receivedUtc.ToUnixTimeMilliseconds());

    /// <summary>
    /// Deletes messages before <paramref name="first"/>, except for two. The newest deleted one with readings stays, so that a client that
    /// has read the arrivals up to it knows that it missed nothing (<see cref="LedgerQuery"/>). The newest of all stays, because a database
    /// without it would look as if its end were lost (<see cref="LossCheck"/>).
    /// </summary>
    private static async Task<int> DeletePortionAsync(PortalDbContext db, long first, CancellationToken cancellationToken)
    {
        var end = Math.Min(first, await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0);
        var arrived = await db.Messages.Where(
            m => m.Id < first && m.EarliestMeasuredAt != null).MaxAsync(m => (long?)m.Id, cancellationToken)
            ?? 0;
        return await db.Messages.Where(m => m.Id < end && m.Id != arrived)
            .OrderBy(m => m.Id)
            .Take(Portion)
            .ExecuteDeleteAsync(cancellationToken);
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
        if (oldest < Hours.StartMs(Hours.DayAt(beforeMs) * Hours.PerDay))
        {
            LogReadings(log, DateTimeOffset.FromUnixTimeMilliseconds(oldest.Value), beforeUtc.UtcDateTime.Date);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} lines of the ledger were deleted: messages received from {FromUtc:u} to before {ToUtc:u}")]
    private static partial void LogLedger(ILogger log, int count, DateTimeOffset fromUtc, DateTimeOffset toUtc);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Why}")]
    private static partial void LogHeld(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Readings were deleted, with everything derived from them: those measured from {FromUtc:u} to before {ToUtc:u}")]
    private static partial void LogReadings(ILogger log, DateTimeOffset fromUtc, DateTime toUtc);

    [LoggerMessage(Level = LogLevel.Error, Message = "Data past its retention could not be deleted. The portal retries in an hour")]
    private static partial void LogFault(ILogger log, Exception fault);
}
