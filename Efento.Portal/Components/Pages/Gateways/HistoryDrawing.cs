using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>Draws a gateway's history as charts: when it was heard and how it was powered, its battery, and its uptime.</summary>
internal static class HistoryDrawing
{
    private const int MostPoints = 1_000;
    private const double SecondsOfDay = 86_400, SecondsOfHour = 3_600;

    /// <summary>The number of steps of a scale, which are then whole days or hours.</summary>
    private const int Ticks = 4;

    /// <summary>Up to this many days, the uptime is shown in hours.</summary>
    private const double FewDays = 2;

    /// <summary>Whether there is any power status.</summary>
    public static bool HasPower(GatewayHistory history) => history.Heartbeats.Any(h => h.Power is not null);

    /// <summary>Whether there is any battery level.</summary>
    public static bool HasBattery(GatewayHistory history) => history.Heartbeats.Any(h => h.BatteryPercent is not null);

    /// <summary>Whether there is any uptime.</summary>
    public static bool HasUptime(GatewayHistory history) => history.Heartbeats.Any(h => h.UptimeSeconds is not null);

    /// <summary>When it was heard, and when it ran on its battery if that is known.</summary>
    public static ChartDrawing Heard(GatewayHistory history)
    {
        List<ChartSeries> rows = [States(GatewaysText.RowHeard, GatewaysText.NotHeard, GatewaysText.Heard, HeardTimes(history))];
        if (HasPower(history))
        {
            rows.Add(States(GatewaysText.Power, GatewaysText.OnMains, GatewaysText.OnBattery, PowerTimes(history)));
        }

        return Drawing(history, rows);
    }

    /// <summary>The battery level in per cent.</summary>
    public static ChartDrawing Battery(GatewayHistory history) =>
        Drawing(history, [Line(history, GatewaysText.Battery, "%", 0, h => h.BatteryPercent) with { Scale = (0, 100) }]);

    /// <summary>The uptime in days, or in hours if it was always short.</summary>
    public static ChartDrawing Uptime(GatewayHistory history)
    {
        var longest = history.Heartbeats.Max(h => h.UptimeSeconds) ?? 0;
        var (unit, seconds) = longest < FewDays * SecondsOfDay ? ("h", SecondsOfHour) : ("d", SecondsOfDay);
        var top = Math.Max(Ticks, Math.Ceiling(longest / seconds / Ticks) * Ticks);
        return Drawing(
            history, [Line(history, GatewaysText.RunningFor, unit, 1, h => h.UptimeSeconds / seconds) with { Scale = (0, top) }]);
    }

    private static ChartDrawing Drawing(GatewayHistory history, IReadOnlyList<ChartSeries> series) => new(
        series, history.FromUtc, history.ToUtc, [.. history.Silences.Select(s => new ChartGap(Time(s.FromMs), Time(s.ToMs), Why(s.Cause)))])
    {
        Marks =
        [
            .. history.Restarts.Select(r => new ChartMark(Time(r.AtMs), Time(r.AtMs), GatewaysText.RestartedMark, ChartMarkKind.Restart))
        ],
    };

    /// <summary>The cause of a silence.</summary>
    public static string Why(GapCause cause) => cause is GapCause.Maintenance ? MeasurementWords.Cause(cause) : GatewaysText.NotHeard;

    /// <summary>A line with breaks at silences and restarts.</summary>
    private static ChartSeries Line(GatewayHistory history, string name, string unit, int decimals, Func<HeartbeatWord, double?> value)
    {
        var (times, values) = (new List<long>(), new List<double>());
        HeartbeatWord? before = null;
        foreach (var heartbeat in history.Heartbeats.Where(h => value(h) is not null))
        {
            if (before is { } last && (IsParted(history, last.AtMs, heartbeat.AtMs) || heartbeat.IsRestartAfter(last)))
            {
                times.Add(last.AtMs + ((heartbeat.AtMs - last.AtMs) / 2));
                values.Add(double.NaN);
            }

            times.Add(heartbeat.AtMs);
            values.Add(value(heartbeat)!.Value);
            before = heartbeat;
        }

        return new ChartSeries(name, unit, MinMax.Reduce(times.ToArray(), values.ToArray(), MostPoints)) { Decimals = decimals };
    }

    private static ChartSeries States(string name, string zero, string one, IEnumerable<(long FromMs, long ToMs, bool IsOne)> times) =>
        new(name, "", [])
        {
            Kind = ChartSeriesKind.Binary,
            ZeroWord = zero,
            OneWord = one,
            States = [.. times.SelectMany(t => (double[])[t.FromMs, t.ToMs, t.IsOne ? 1 : 0, 0, t.IsOne ? 1 : 0])],
        };

    /// <summary>The times from the first to the last message in which it was heard; the rest are gaps.</summary>
    private static IEnumerable<(long FromMs, long ToMs, bool IsOne)> HeardTimes(GatewayHistory history)
    {
        if (history is not { KnownFromUtc: { } known, LastMessageUtc: { } last })
        {
            yield break;
        }

        var at = known.ToUnixTimeMilliseconds();
        foreach (var silence in history.Silences)
        {
            if (silence.FromMs > at)
            {
                yield return (at, silence.FromMs, true);
            }

            at = Math.Max(at, silence.ToMs);
        }

        if (last.ToUnixTimeMilliseconds() > at)
        {
            yield return (at, last.ToUnixTimeMilliseconds(), true);
        }
    }

    /// <summary>A heartbeat is valid until the next one, or until the next silence.</summary>
    private static IEnumerable<(long FromMs, long ToMs, bool IsOne)> PowerTimes(GatewayHistory history)
    {
        (long FromMs, long ToMs, bool IsOne)? open = null;
        for (var i = 0; i < history.Heartbeats.Count; i++)
        {
            var heartbeat = history.Heartbeats[i];
            var next = i + 1 < history.Heartbeats.Count
                ? history.Heartbeats[i + 1].AtMs
                : history.LastMessageUtc?.ToUnixTimeMilliseconds() ?? heartbeat.AtMs;
            var until = history.Silences.Where(s => s.ToMs > heartbeat.AtMs && s.FromMs < next).Select(s => s.FromMs).Prepend(next).Min();
            if (heartbeat.Power is null)
            {
                continue;
            }

            var isOn = GatewayOverview.IsBattery(heartbeat.Power);
            if (open is { } before && (before.IsOne != isOn || before.ToMs != heartbeat.AtMs))
            {
                yield return before;
                open = null;
            }

            open = (open?.FromMs ?? heartbeat.AtMs, Math.Max(until, heartbeat.AtMs), isOn);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private static bool IsParted(GatewayHistory history, long fromMs, long toMs) =>
        history.Silences.Any(s => s.FromMs < toMs && s.ToMs > fromMs);

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
