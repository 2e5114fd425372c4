using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// Reads the signal strength and the battery state of the loggers of a point. Signals are not rolled up, so a range is read reading by
/// reading. One channel is enough, because a record's signal is stored with each of its readings.
/// </summary>
internal sealed class DeviceQuery(IRangeStore store, SeriesDirectory series, LoggerDirectory loggers)
{
    /// <summary>The most points of the signal, not counting breaks.</summary>
    public const int MostPoints = 300;

    /// <summary>
    /// Reads what the loggers of a point reported about themselves in [<paramref name="fromUtc"/>, <paramref name="toUtc"/>).
    /// </summary>
    /// <param name="point">The measuring point, within the scope of the user.</param>
    /// <param name="fromUtc">The begin of the range.</param>
    /// <param name="toUtc">The end of the range; not part of it.</param>
    /// <param name="gaps">The times in which nothing was measured, in order.</param>
    /// <param name="cancellationToken">Checked before reading begins.</param>
    public Task<DeviceHistory> ReadAsync(
        PointSpans point, DateTimeOffset fromUtc, DateTimeOffset toUtc, IReadOnlyList<HistoryGap> gaps,
        CancellationToken cancellationToken = default) =>
        Task.Run(
            () => Read(point.All, new Stretch(fromUtc.ToUnixTimeMilliseconds(), toUtc.ToUnixTimeMilliseconds()), gaps), cancellationToken);

    private DeviceHistory Read(IReadOnlyList<PointSpan> spans, Stretch range, IReadOnlyList<HistoryGap> gaps)
    {
        var stepMs = Math.Max(1, (range.ToMs - range.FromMs + MostPoints - 1) / MostPoints);
        List<BandPoint> signal = [];
        List<StateStretch> battery = [];
        using var rows = store.OpenDevices();
        foreach (var span in spans)
        {
            var its = new Stretch(
                Math.Max(range.FromMs, span.FromUtc.ToUnixTimeMilliseconds()),
                Math.Min(range.ToMs, span.UntilUtc?.ToUnixTimeMilliseconds() ?? long.MaxValue));
            if (its.FromMs < its.ToMs)
            {
                AddSignal(rows, span.LoggerId, its, range.FromMs, stepMs, signal);
                AddBattery(rows, span.LoggerId, its, battery);
            }
        }

        return new DeviceHistory(Broken(signal, gaps), battery, stepMs);
    }

    private void AddSignal(IDeviceRows rows, int loggerId, Stretch its, long originMs, long stepMs, List<BandPoint> into)
    {
        var all = series.Of(loggerId).ToList();
        List<BandPoint> found = [];
        foreach (var one in all.Where(s => s.Channel == all[0].Channel))
        {
            rows.ReadSignals(one, its, originMs, stepMs, found);
        }

        into.AddRange(found.OrderBy(p => p.TimeMs));
    }

    /// <summary>A battery state lasts until a record reports another one, but not beyond the logger's newest record.</summary>
    private void AddBattery(IDeviceRows rows, int loggerId, Stretch its, List<StateStretch> into)
    {
        var lastMs = loggers.TryGet(loggerId, out var logger) ? logger.LastContact?.MeasuredAtMs : null;
        var endMs = Math.Min(its.ToMs, lastMs ?? its.FromMs);
        (long FromMs, bool IsLow)? open = null;
        foreach (var (fromMs, isLow) in rows.ReadBattery(loggerId, its))
        {
            var atMs = Math.Max(its.FromMs, fromMs);
            if (open?.IsLow == isLow)
            {
                continue;
            }

            Close(atMs);
            open = isLow is { } state ? (atMs, state) : null;
        }

        Close(endMs);

        void Close(long untilMs)
        {
            if (open is { } its && its.FromMs < untilMs)
            {
                into.Add(new StateStretch(its.FromMs, untilMs, its.IsLow ? 1 : 0, 0, its.IsLow ? 1 : 0));
            }
        }
    }

    /// <summary>Breaks the line at gaps. A sensor error breaks nothing, because its records came with a signal.</summary>
    private static List<BandPoint> Broken(List<BandPoint> points, IReadOnlyList<HistoryGap> gaps)
    {
        var silent = gaps.Where(g => g.Cause is not GapCause.NoValue).ToList();
        List<BandPoint> broken = new(points.Count + silent.Count);
        var next = 0;
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0)
            {
                while (next < silent.Count && silent[next].ToMs <= points[i - 1].TimeMs)
                {
                    next++;
                }

                var middle = points[i - 1].TimeMs + ((points[i].TimeMs - points[i - 1].TimeMs) / 2);
                if (next < silent.Count && silent[next].FromMs < points[i].TimeMs)
                {
                    broken.Add(new BandPoint(middle, double.NaN, double.NaN, double.NaN));
                }
            }

            broken.Add(points[i]);
        }

        return broken;
    }
}
