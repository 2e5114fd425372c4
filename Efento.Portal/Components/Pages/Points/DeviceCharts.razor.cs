using System.Globalization;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>Signal and battery of the device in the range that the page shows. The points are not kept on the server.</summary>
public sealed partial class DeviceCharts
{
    private const string Decibels = "dBm";

    private TimeSeriesChart? _signal;
    private TimeSeriesChart? _battery;
    private Frame? _shown;
    private Frame? _drawn;
    private long _stepMs;
    private bool _isOpen;
    private bool _isEmpty;
    private (double Min, double Mean, double Max)? _figures;

    /// <summary>Called when another range was selected in a chart.</summary>
    [Parameter]
    public EventCallback<ChartView> OnViewChange { get; set; }

    [Inject]
    private DeviceQuery Devices { get; set; } = null!;

    [Inject]
    private BrowserPresence Browser { get; set; } = null!;

    private string Summary => _figures is { } its
        ? PointsText.SentenceSignal(
            its.Min.ToString("0", CultureInfo.CurrentCulture), its.Max.ToString("0", CultureInfo.CurrentCulture),
            its.Mean.ToString("0", CultureInfo.CurrentCulture))
        : PointsText.SignalUnknown;

    /// <summary>Shows a range; at once if the section is open.</summary>
    public Task ShowAsync(PointSpans point, ChartView shown, RangeHistory history, bool isLive)
    {
        _shown = new Frame(point, shown, GapsOf(history), isLive);
        return DrawAsync();
    }

    /// <summary>The times in which no channel has a value: then nothing was heard of the device.</summary>
    internal static IReadOnlyList<HistoryGap> GapsOf(RangeHistory history) =>
        history.Channels.Count == 0 ? [] : history.Channels.MinBy(c => c.Gaps.Count)!.Gaps;

    /// <summary>The drawing of the signal.</summary>
    internal static ChartDrawing SignalOf(DeviceHistory history, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<HistoryGap> gaps) =>
        new([Signal(history)], from, to, [.. gaps.Select(Gap)]);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            await DrawAsync();
        }
        catch (Exception exception) when (exception.MeansAway())
        {
            // The browser is disconnected. The page draws everything again when it returns.
            _drawn = null;
        }
    }

    private void Toggle() => (_isOpen, _drawn) = (!_isOpen, null);

    private async Task DrawAsync()
    {
        if (
            !_isOpen
                || _shown is not { } frame
                || _signal is null
                || _battery is null
                || (_drawn is { } drawn && frame.IsAlmost(drawn, _stepMs)))
        {
            return;
        }

        _drawn = frame;
        var (from, to) = (frame.View.FromUtc, frame.View.ToUtc);
        var history = await Devices.ReadAsync(frame.Point, from, to, frame.Gaps, Browser.Disconnected);
        var points = history.Signal.Where(p => !p.IsBreak).ToList();
        (_stepMs, _isEmpty) = (history.StepMs, points.Count == 0);
        _figures = points.Count == 0 ? null : (points.Min(p => p.Min), points.Average(p => p.Mean), points.Max(p => p.Max));
        await _signal.ShowAsync(SignalOf(history, from, to, frame.Gaps) with { IsLive = frame.IsLive }, Browser.Disconnected);
        await _battery.ShowAsync(new ChartDrawing([Battery(history)], from, to, []) { IsLive = frame.IsLive }, Browser.Disconnected);
        StateHasChanged();
    }

    private static ChartGap Gap(HistoryGap gap) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(gap.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(gap.ToMs),
        MeasurementWords.Cause(gap.Cause));

    private static ChartSeries Signal(DeviceHistory history) =>
        new(PointsText.Signal, Decibels, [.. history.Signal.SelectMany(p => (double[])[p.TimeMs, p.Mean])])
        {
            Decimals = 0,
            Band = [.. history.Signal.SelectMany(p => (double[])[p.TimeMs, p.Min, p.Max])],
        };

    private static ChartSeries Battery(DeviceHistory history) => new(PointsText.Battery, "", [])
    {
        Kind = ChartSeriesKind.Binary,
        ZeroWord = LoggerWords.Battery(isLow: false),
        OneWord = LoggerWords.Battery(isLow: true),
        States = [.. history.Battery.SelectMany(s => (double[])[s.FromMs, s.ToMs, s.State ?? double.NaN, s.Changes, s.ShareOfOne])],
    };

    private sealed record Frame(PointSpans Point, ChartView View, IReadOnlyList<HistoryGap> Gaps, bool IsLive)
    {
        /// <summary>Whether the drawing would look the same: a moving range has a new point only when it has moved by one step.</summary>
        public bool IsAlmost(Frame drawn, long stepMs) =>
            View == drawn.View
            || (
                IsLive
                    && drawn.IsLive
                    && Math.Abs((View.FromUtc - drawn.View.FromUtc).TotalMilliseconds) < stepMs
                    && Math.Abs((View.ToUtc - drawn.View.ToUtc).TotalMilliseconds) < stepMs);
    }
}
