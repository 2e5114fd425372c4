using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms.Judging;

/// <summary>What is judged again of the past: for rules that are in force from an earlier time on, and for what was missed.</summary>
internal sealed partial class AlarmEvaluator
{
    /// <summary>Judges the next portion of the past again, if there is one.</summary>
    /// <returns>Whether more may follow.</returns>
    public async Task<bool> StartOverAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!startOver.IsUnderWay)
            {
                return false;
            }

            await RefreshAsync(cancellationToken);
            var (portion, nowMs) = (startOver.Next, time.GetUtcNow().ToUnixTimeMilliseconds());
            if (portion.Count == 0)
            {
                startOver.End();
                Reach(_reached);
                LogStartedOver(log, StartOver.Reach.TotalDays);
                return false;
            }

            List<Finding> found =
                [.. portion.SelectMany(its => watches.Of(its, nowMs)).Select(w => TakePast(w, nowMs)).OfType<Finding>()];
            await WriteAsync(found, null, cancellationToken);
            startOver.Advance();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Lets the last weeks of all channels be judged again, because the ledger does not hold any more what came since. Alarms on record
    /// stay, and so does the position: a start-over that is cut short is done again.
    /// </summary>
    private void BeginAgain()
    {
        LogStartsOver(log, StartOver.Reach.TotalDays);

        // A channel that has readings meanwhile must not go on where it was left: what was missed lies in between.
        foreach (var watch in watches.All)
        {
            watch.Judge.Forget();
        }

        startOver.Begin([.. series.All.OrderBy(its => its.Id)]);
    }

    private Finding? TakePast(Watch watch, long nowMs) => watch.Course.IsEmpty
        ? null
        : TakeFrom(watch, nowMs - (long)StartOver.Reach.TotalMilliseconds, nowMs);

    /// <summary>Judges the past again where a new version of a rule is in force from an earlier time on than it was made.</summary>
    private async Task TakePastAsync(long nowMs, CancellationToken cancellationToken)
    {
        var added = watches.RulesAfter(_start.LastRule);
        foreach (var rule in added.Where(r => r.FromMs < r.MadeUtc.ToUnixTimeMilliseconds()))
        {
            foreach (var portion in series.All.SelectMany(its => watches.Of(its, nowMs)).Where(w => IsUnread(w, rule)).Chunk(Portion))
            {
                await WriteAsync([.. portion.Select(w => TakeFrom(w, rule.FromMs, nowMs)).OfType<Finding>()], Position, cancellationToken);
            }
        }

        if (added.Count > 0)
        {
            _start.LastRule = added.Max(r => r.Id);
            await records.SaveAsync(_start, cancellationToken);
        }
    }

    /// <summary>Channels whose readings are in memory were judged again when the change was taken.</summary>
    private static bool IsUnread(Watch watch, AlarmRule rule) => watch.Judge.MarkMs is null && watch.Course.Has(rule.Id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Readings arrived that were not judged for alarms, and the ledger does not list them any more. The readings of the last {Days} days are judged again")]
    private static partial void LogStartsOver(ILogger log, double days);

    [LoggerMessage(Level = LogLevel.Information, Message = "The readings of the last {Days} days were judged again for alarms")]
    private static partial void LogStartedOver(ILogger log, double days);
}
