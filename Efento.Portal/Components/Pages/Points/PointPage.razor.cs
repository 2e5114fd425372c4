using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Timeline;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>A measuring point: its present values, their history as charts, statistics and table, and the device.</summary>
public sealed partial class PointPage
{
    /// <summary>The most alarms that are shaded in the charts.</summary>
    private const int MostAlarms = 200;

    private readonly Dictionary<string, TimeSeriesChart> _drawn = [];
    private readonly Dictionary<string, IReadOnlyList<ChannelSummary>> _summaries = [];
    private ReadingTable? _table;
    private EventList? _eventList;
    private DeviceCharts? _device;
    private IReadOnlyList<PointEvent>? _events;
    [HandedOver]
    private bool _mayNote;
    [HandedOver]
    private PointDetails? _details;
    [HandedOver]
    private LoggerOverview? _logger;
    [HandedOver]
    private IReadOnlyList<PointChart> _charts = [];
    private HashSet<string> _empty = [];
    private HashSet<string> _late = [];
    private ChartView? _shown;
    private TimeZoneInfo? _zone;

    /// <summary>The key of the measuring point.</summary>
    [Parameter]
    public int Id { get; set; }

    /// <inheritdoc/>
    protected override string Address => $"points/{Id}?";

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private PointQuery Points { get; set; } = null!;

    [Inject]
    private RangeQuery Ranges { get; set; } = null!;

    [Inject]
    private AlarmQuery Alarms { get; set; } = null!;

    [Inject]
    private EventQuery Events { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var scope = await Person.ScopeAsync();
        _mayNote = await Person.MayAsync(Policies.Operate);
        TakeView();
        if (_details?.Point.Id != Id)
        {
            _details = await Points.FindAsync(scope, Id);
        }

        // Signals about a point come from its loggers. A point without one may get a logger.
        Follow(
        [
            new LiveKey(LiveTopic.Maintenance),
            new LiveKey(LiveTopic.Rules),
            .. (_details?.Spans.All ?? []).Select(s => new LiveKey(LiveTopic.Logger, s.LoggerId)).Distinct(),
            .. _details?.Logger is null ? [new LiveKey(LiveTopic.Inventory)] : Array.Empty<LiveKey>(),
        ]);
        _details = await Points.FindAsync(scope, Id);
        _logger = _details?.Logger is { Approval: LoggerApproval.Accepted } logger ? logger : null;
        if (_details?.Logger is { Approval: not LoggerApproval.Accepted })
        {
            _details = null;
        }

        _charts = _details is null ? [] : PointChart.Of(_details.Channels);
        DrawAgain();
    }

    /// <inheritdoc/>
    protected override async Task DrawAsync()
    {
        if (_details is not { Spans: var point })
        {
            return;
        }

        _zone = await ZoneAsync();
        var view = _view;
        var newest = _logger is null ? null : LoggerWords.NewestUtc(_logger);
        var shown = Frame(newest, () => Ranges.ExtentOf(point)?.FirstUtc, _zone);
        var history = await Ranges.ReadAsync(
            point, shown.FromUtc, shown.ToUtc, zone: _zone, cancellationToken: Browser.Disconnected);
        var events = await Events.ReadAsync(point, history, Browser.Disconnected);
        var alarms = await AlarmsAsync(shown);
        foreach (var chart in _charts)
        {
            _summaries[chart.Key] = [.. ChannelSummary.Of(chart, history)];
            if (_drawn.GetValueOrDefault(chart.Key) is { } drawn)
            {
                var drawing = chart.Draw(history, events, View.Units, view.IsLive);
                await drawn.ShowAsync(PointAlarms.With(drawing, chart, _logger, alarms, View.Units), Browser.Disconnected);
            }
        }

        foreach (var gone in _summaries.Keys.Except(_charts.Select(c => c.Key)).ToList())
        {
            _summaries.Remove(gone);
        }

        (_shown, _events) = (shown, events);
        _empty = [.. _charts.Where(c => c.IsEmpty(history)).Select(c => c.Key)];
        _late = [.. _charts.Where(c => c.HasLate(history)).Select(c => c.Key)];
        if (_table is not null)
        {
            await _table.ShowAsync(point, shown, view.IsLive, Browser.Disconnected);
        }

        if (_device is not null)
        {
            await _device.ShowAsync(point, shown, history, view.IsLive);
        }

        StateHasChanged();
    }

    private async Task<IReadOnlyList<AlarmLine>> AlarmsAsync(ChartView shown) => await Alarms.ListAsync(
        await Person.ScopeAsync(),
        new AlarmFilter
        {
            PointId = Id,
            FromMs = shown.FromUtc.ToUnixTimeMilliseconds(),
            ToMs = shown.ToUtc.ToUnixTimeMilliseconds(),
        },
        null, MostAlarms, Browser.Disconnected);

    private IReadOnlyList<ChannelSummary> SummariesOf(PointChart chart) => _summaries.GetValueOrDefault(chart.Key) ?? [];

    private IReadOnlyList<string> SentencesOf(PointChart chart) =>
        [.. SummariesOf(chart).Select(channel => PointWords.Sentence(channel, _view.Range, View.Units))];

    private string LabelOf(PointChart chart) => $"{chart.Title}: {string.Join(' ', SentencesOf(chart))}";

    private Task SaveAsync(PointChart chart, string format) =>
        _drawn[chart.Key].SaveAsync(format, new ChartCaption(_details?.Point.Where, SentencesOf(chart)));

    private IEnumerable<(ShownValue Value, int Colour)> ValuesOf(PointChart chart)
    {
        var values = _logger is null ? [] : _logger.Series.Zip(LoggerWords.Values(_logger, View.Units)).ToList();
        foreach (var (line, i) in chart.Lines.Select((line, i) => (line, i)))
        {
            if (
                values.Where(
                    v => (v.First.Channel, v.First.Type.Key) == line.Channel.Key).Select(v => v.Second).FirstOrDefault() is { } value)
            {
                yield return (value with { Label = chart.Lines.Count > 1 ? line.Name : "" }, 1 + i);
            }
        }
    }
}
