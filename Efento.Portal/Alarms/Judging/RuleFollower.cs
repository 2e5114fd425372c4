using Efento.Portal.Configuration;
using Efento.Portal.Live;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// Lets changes of rules, and of where points lie, take effect at once, and not only with the next reading; at the start those made while
/// the portal was off.
/// </summary>
internal sealed partial class RuleFollower(AlarmEvaluator evaluator, LiveFeed feed, LogLimiter limiter, ILogger<RuleFollower> log)
    : BackgroundService
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var following = feed.Subscribe([new LiveKey(LiveTopic.Rules)], Throttle, () => FollowAsync(stoppingToken));
        await FollowAsync(stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        try
        {
            await evaluator.TakeRulesAsync(stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // The judges read again what they forgot, with the next reading or the next change.
            if (limiter.IsDue(nameof(RuleFollower)))
            {
                LogFailed(log, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A change of the rules could not be applied to the alarms that are active; it is applied with the next reading")]
    private static partial void LogFailed(ILogger log, Exception fault);
}
