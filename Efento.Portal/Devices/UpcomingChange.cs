using Efento.Portal.Maintenance;

namespace Efento.Portal.Devices;

/// <summary>A change of a logger's condition that will happen if nothing comes from it.</summary>
/// <param name="AtUtc">The time.</param>
/// <param name="From">The condition until then.</param>
/// <param name="To">The condition from then on.</param>
/// <param name="Verdict">What is said of its values.</param>
internal sealed record UpcomingChange(DateTimeOffset AtUtc, LoggerCondition From, LoggerCondition To, LoggerVerdict Verdict)
{
    /// <summary>
    /// The first changes after <paramref name="now"/> among the loggers shown, without those with an alert: they stay in their group.
    /// </summary>
    /// <param name="loggers">The loggers that the user may see.</param>
    /// <param name="maintenance">The maintenance that is on; null if none is.</param>
    /// <param name="now">The present time.</param>
    /// <param name="most">The most changes.</param>
    public static IReadOnlyList<UpcomingChange> Next(
        IEnumerable<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now, int most) =>
        [
            .. loggers.Where(l => l.IsShown)
                .Select(l => LoggerState.Of(l, maintenance))
                .Where(state => state.Alert is LoggerAlert.None)
                .SelectMany(state => Of(state, now))
                .OrderBy(t => t.AtUtc)
                .Take(most),
        ];

    /// <summary>
    /// When the first of these loggers changes after <paramref name="now"/> if nothing comes; null if none will. It allocates nothing,
    /// because pages call it at each tick.
    /// </summary>
    public static DateTimeOffset? FirstUtc(IReadOnlyList<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now)
    {
        DateTimeOffset? first = null;
        for (var i = 0; i < loggers.Count; i++)
        {
            if (loggers[i].IsShown && LoggerState.Of(loggers[i], maintenance).NextTurnUtc(now) is { } turn && !(turn >= first))
            {
                first = turn;
            }
        }

        return first;
    }

    private static IEnumerable<UpcomingChange> Of(LoggerState state, DateTimeOffset now)
    {
        for (var from = now; state.NextTurnUtc(from) is { } at; from = at)
        {
            yield return new UpcomingChange(at, state.At(from), state.At(at), state.Verdict);
        }
    }
}
