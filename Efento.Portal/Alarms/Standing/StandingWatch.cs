using Efento.Portal.Configuration;

namespace Efento.Portal.Alarms.Standing;

/// <summary>Looks every few seconds at what is not judged reading by reading: loggers, gateways, and the portal itself.</summary>
internal sealed partial class StandingWatch(
    SituationReader situations, PortalConditions portal, StandingRecords records, TimeProvider time, LogLimiter limiter,
    ILogger<StandingWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _fails;

    /// <summary>Whether it could not look the last time.</summary>
    public bool Fails => _fails;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await ApplyAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var its = await situations.ReadAsync(cancellationToken);
        var ofPortal = await portal.ReadAsync(its, cancellationToken);
        await records.ApplyAsync(
            GatewayConditions.Of(its).Concat(ofPortal).Concat(LoggerConditions.Of(its)), its.IsJudged, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                _fails = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                _fails = true;
                if (limiter.IsDue(nameof(StandingWatch)))
                {
                    LogFailed(log, fault);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Alarms about loggers, gateways and the portal could not be brought up to date; they are tried again in a few seconds")]
    private static partial void LogFailed(ILogger log, Exception fault);
}
