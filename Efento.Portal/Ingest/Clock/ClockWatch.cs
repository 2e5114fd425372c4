using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Clock;

/// <summary>
/// Checks the server's clock every few seconds: whether it jumped, whether loggers contradict it, and whether a setting accepts it.
/// Notifies pages and writes to the log when a problem begins or ends.
/// </summary>
internal sealed partial class ClockWatch(
    WriteGate gate,
    ClockAcceptance service,
    ServerClock clock,
    ClockGuard guard,
    DeviceTime devices,
    IngestFaults faults,
    SeriesDirectory series,
    IReadingStore readings,
    LoggerRoster roster,
    StoreHealth health,
    IOptionsMonitor<IngestOptions> options,
    LiveFeed feed,
    TimeProvider time,
    LogLimiter limiter,
    ILogger<ClockWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private (bool IsClock, string? Others, bool IsDoubted) _logged;
    private bool _wasBehind;

    /// <summary>Accepts the clock if a setting says so, before any message is received.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Checks the clock once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(guard.CheckClock(), cancellationToken);
            await KeepAsync(guard.Observe(devices.Read(clock.NowMs)), cancellationToken);
            if (clock.Behind is { } behind && behind.By <= options.CurrentValue.ClockSkewServer)
            {
                await service.AcceptAsync(Actor.Portal, cancellationToken);
                LogAccepted(log, behind.MessageId, behind.ReceivedUtc, behind.By);
            }

            await ReadLatestAsync(cancellationToken);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            health.ReportFault(fault);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (limiter.IsDue(nameof(ClockWatch)))
            {
                LogFault(log, fault);
            }
        }

        LogChanges();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private Task KeepAsync(ClockState? state, CancellationToken cancellationToken) => state is null ? Task.CompletedTask : gate.WriteAsync(
        async db =>
        {
            await db.ClockStates.ExecuteDeleteAsync(cancellationToken);
            db.ClockStates.Add(state);
        },
        cancellationToken);

    /// <summary>
    /// After the clock was set back, another reading is the latest by it, and memory holds only the one by the clock before.
    /// </summary>
    private async Task ReadLatestAsync(CancellationToken cancellationToken)
    {
        var isBehind = clock.Behind is not null;
        if (isBehind && !_wasBehind)
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            series.ReadLatest(readings, clock.NowMs);
        }

        _wasBehind = isBehind;
    }

    private void LogChanges()
    {
        var (clockFault, doubt) = (clock.Fault, guard.Why);
        var others = faults.Now.Where(f => f is not (ClockBeforeBuildFault or ClockFarAheadFault or ClockBehindFault));
        var now = (clockFault is not null, string.Join(' ', IngestWords.Of(others)), doubt is not null);
        if (now == _logged)
        {
            return;
        }

        if (now.Item1 && !_logged.IsClock)
        {
            LogWrong(log, IngestWords.Of(clockFault!));
        }

        if (now.Item3 && !_logged.IsDoubted)
        {
            LogDoubted(log, IngestWords.Of(doubt!));
        }

        _logged = now;
        roster.Heard();
        feed.Publish(new LiveKey(LiveTopic.Maintenance));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Gateways are answered 503: {Fault}")]
    private static partial void LogWrong(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is deleted by age: {Doubt}")]
    private static partial void LogDoubted(ILogger log, string doubt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Portal:Ingest:ClockSkewServer accepts the server's clock though message {MessageId} was received at {ReceivedUtc:u}, {Ahead} ahead of it")]
    private static partial void LogAccepted(ILogger log, long messageId, DateTimeOffset receivedUtc, TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server's clock could not be checked")]
    private static partial void LogFault(ILogger log, Exception fault);
}
