using Efento.Portal.Maintenance;

namespace Efento.Portal.Devices;

/// <summary>A logger that turns from one state into another if nothing is heard of it.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="From">What holds until then.</param>
/// <param name="To">What holds from then on.</param>
/// <param name="HasRemark">Whether something is to be said of its values (<see cref="LoggerState.HasRemark"/>).</param>
public sealed record SiteTurn(DateTimeOffset AtUtc, LoggerCondition From, LoggerCondition To, bool HasRemark)
{
    /// <summary>The next turns after <paramref name="now"/> of the loggers shown, the first ones alone.</summary>
    /// <param name="loggers">Those that whoever looks may see.</param>
    /// <param name="maintenance">The maintenance that lasts; null if none does.</param>
    /// <param name="now">The time asked for.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<SiteTurn> Next(IEnumerable<LoggerOverview> loggers, MaintenanceWindow? maintenance, DateTimeOffset now, int most) =>
        [.. loggers.Where(l => l.IsShown).SelectMany(l => Of(LoggerState.Of(l, maintenance), now)).OrderBy(t => t.AtUtc).Take(most)];

    /// <summary>When the first of these loggers turns after <paramref name="now"/> if nothing is heard; null if none will. It makes no garbage: pages ask at each tick.</summary>
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

    private static IEnumerable<SiteTurn> Of(LoggerState state, DateTimeOffset now)
    {
        for (var from = now; state.NextTurnUtc(from) is { } at; from = at)
        {
            yield return new SiteTurn(at, state.At(from), state.At(at), state.HasRemark);
        }
    }
}
