using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>
/// The chart of the channel that an alarm is about, or of the first one if it is about the whole logger. It reaches from some time before
/// the alarm to some time after it, at most until now.
/// </summary>
public sealed partial class AlarmChart
{
    private static readonly TimeSpan ShortestMargin = TimeSpan.FromMinutes(30);

    [HandedOver]
    private PointChart? _chart;
    private TimeSeriesChart? _drawn;
    private PointDetails? _details;
    private bool _isStale;
    private bool _isDrawing;
    private bool _isEmpty;

    /// <summary>The alarm.</summary>
    [Parameter]
    [EditorRequired]
    public AlarmLine Line { get; set; } = null!;

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(5);

    [Inject]
    private PointQuery Points { get; set; } = null!;

    [Inject]
    private RangeQuery Ranges { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Address => $"points/{Line.Alarm.PointId}?{TimeView.Between(Range.FromUtc, Range.ToUtc).Query}";

    private ChartView Range
    {
        get
        {
            var now = Time.GetUtcNow();
            var (from, to) = (At(Line.Alarm.BeganMs), Line.Alarm.EndedMs is { } ended ? At(ended) : now);
            var margin = (to - from) / 2 > ShortestMargin ? (to - from) / 2 : ShortestMargin;
            return new ChartView(from - margin, to + margin < now ? to + margin : now.AddMilliseconds(1));
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        if (Line.Alarm.PointId is not { } pointId)
        {
            return;
        }

        _details = await Points.FindAsync(await Person.ScopeAsync(), pointId);
        Follow([.. (_details?.Spans.All ?? []).Select(s => new LiveKey(LiveTopic.Logger, s.LoggerId)).Distinct()]);
        _chart = PointChart.Of([.. (_details?.Channels ?? []).Where(IsMine)]) is [var first, ..] ? first : null;
        _isStale = true;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isDrawing)
        {
            return;
        }

        _isDrawing = true;
        try
        {
            while (_isStale && _chart is not null && _drawn is not null)
            {
                _isStale = false;
                await DrawAsync();
            }
        }
        catch (Exception exception) when (exception.MeansAway())
        {
            // The browser is disconnected. Everything is loaded again when it returns.
            _isStale = true;
        }
        finally
        {
            _isDrawing = false;
        }
    }

    private async Task DrawAsync()
    {
        var range = Range;
        var history = await Ranges.ReadAsync(_details!.Spans, range.FromUtc, range.ToUtc, cancellationToken: Browser.Disconnected);
        var drawing = _chart!.Draw(history, [], View.Units, isLive: false);
        await _drawn!.ShowAsync(
            drawing with { Marks = [.. drawing.Marks, .. Pins()], Limits = [.. Limits()], Shades = [.. Shades(range)] },
            Browser.Disconnected);
        if (_isEmpty != _chart.IsEmpty(history))
        {
            _isEmpty = !_isEmpty;
            StateHasChanged();
        }
    }

    private bool IsMine(PointChannel channel) => Line.Alarm.Channel == 0 || channel.Key == (Line.Alarm.Channel, Line.Alarm.Type);

    private IEnumerable<ChartMark> Pins()
    {
        var alarm = Line.Alarm;
        yield return Pin(At(alarm.BeganMs), AlarmsText.Began, ChartMarkKind.Alarm);
        yield return Pin(At(alarm.CompletedMs), AlarmsText.Raised, ChartMarkKind.Alarm);
        if (alarm.EndedMs is { } endedMs)
        {
            yield return Pin(At(endedMs), AlarmsText.Ended, ChartMarkKind.Acknowledged);
        }

        if (alarm.AcknowledgedUtc is { } acknowledged)
        {
            yield return Pin(acknowledged, AlarmsText.AcknowledgedBy(alarm.AcknowledgedBy), ChartMarkKind.Acknowledged);
        }
    }

    private IEnumerable<ChartShade> Shades(ChartView range)
    {
        var alarm = Line.Alarm;
        yield return new(At(alarm.BeganMs), At(alarm.CompletedMs), AlarmsText.Delay, IsFaint: true);
        yield return new(At(alarm.CompletedMs), alarm.EndedMs is { } ended ? At(ended) : range.ToUtc, AlarmsText.Alarm);
    }

    private static ChartMark Pin(DateTimeOffset at, string remark, ChartMarkKind kind) => new(at, at, remark, kind);

    private IEnumerable<ChartLimit> Limits() => Line is { Alarm.Kind: RuleKind.Limits, Type: { } type, Rule.Conditions: var its }
        ? RuleLimits.Of(its, type, View.Units)
        : [];

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
