using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// Looks at the server's clock every few seconds: whether it jumped, whether loggers contradict it, whether a setting accepts it. Tells the pages
/// and the log when something is found or over.
/// </summary>
internal sealed partial class ClockWatch(
    WriteGate gate,
    ClockDesk desk,
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
    ILogger<ClockWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private (bool IsClock, string? Others, bool IsDoubted) _told;
    private bool _wasBehind;

    /// <summary>Before anybody may send: a setting that accepts the clock does so now.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(guard.Look(), cancellationToken);
            await KeepAsync(guard.Hear(devices.Read(clock.NowMs)), cancellationToken);
            if (clock.Behind is { } behind && behind.By <= options.CurrentValue.ClockSkewServer)
            {
                await desk.AcceptAsync(Actor.Portal, cancellationToken);
                LogAccepted(logger, behind.MessageId, behind.ReceivedUtc, behind.By);
            }

            await ReadLatestAsync(cancellationToken);
        }
        catch (Exception exception) when (exception.GetBaseException() is SqliteException fault)
        {
            health.Fails(fault);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (limiter.IsDue(nameof(ClockWatch)))
            {
                LogFault(logger, fault);
            }
        }

        Tell();
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

    /// <summary>When the clock has gone back, what is latest by it is another reading; memory knows only the one by the clock before.</summary>
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

    private void Tell()
    {
        var (clockFault, doubt) = (clock.Fault, guard.Why);
        var now = (clockFault is not null, string.Join(' ', faults.Now.Where(f => f != clockFault)), doubt is not null);
        if (now == _told)
        {
            return;
        }

        if (now.Item1 && !_told.IsClock)
        {
            LogWrong(logger, clockFault!);
        }

        if (now.Item3 && !_told.IsDoubted)
        {
            LogDoubted(logger, doubt!);
        }

        _told = now;
        roster.Heard();
        feed.Publish(new LiveKey(LiveTopic.Maintenance));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Gateways are answered 503: {Fault}")]
    private static partial void LogWrong(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is deleted by age: {Doubt}")]
    private static partial void LogDoubted(ILogger logger, string doubt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Portal:Ingest:ClockSkewServer accepts the server's clock though message {MessageId} was received at {ReceivedUtc:u}, {Ahead} ahead of it")]
    private static partial void LogAccepted(ILogger logger, long messageId, DateTimeOffset receivedUtc, TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server's clock could not be looked at")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
