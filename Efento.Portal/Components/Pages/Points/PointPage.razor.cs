using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements.Ranges;
using Efento.Portal.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>A measuring point: its values now, what they were over any time, in a chart, in figures and in a table, and the device that measures.</summary>
public sealed partial class PointPage
{
    private readonly Dictionary<string, TimeSeriesChart> _drawn = [];
    private readonly Dictionary<string, IReadOnlyList<ChannelSummary>> _summaries = [];
    private readonly Stack<TimeView> _before = [];
    private SiteScope _scope = null!;
    private ReadingTable? _table;
    private EventList? _eventList;
    private DeviceCharts? _device;
    private IReadOnlyList<PointEvent>? _events;
    private bool _mayNote;
    private PointDetails? _details;
    private LoggerOverview? _logger;
    private IReadOnlyList<PointChart> _charts = [];
    private HashSet<string> _empty = [];
    private TimeView _view = new(HistoryRange.Usual);
    private TimeView _live = new(HistoryRange.Usual);
    private ChartView? _shown;
    private bool _isLoaded;
    private bool _isStale;
    private bool _isDrawing;

    /// <summary>The key of the measuring point.</summary>
    [Parameter]
    public int Id { get; set; }

    /// <summary>The key of a <see cref="HistoryRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    /// <summary>The begin of a fixed time, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>The end of a fixed time.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromMilliseconds(500);

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private PointQuery Points { get; set; } = null!;

    [Inject]
    private RangeQuery Ranges { get; set; } = null!;

    [Inject]
    private EventQuery Events { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        (_scope, _mayNote) = (await Person.ScopeAsync(), await Person.MayAsync(Policies.Operate));
        TakeView(TimeView.Of(Range, From, To));
        if (_details?.Point.Id != Id)
        {
            _details = await Points.FindAsync(_scope, Id);
        }

        // Whatever is decided about a point is told by its loggers; where none measures, one may come.
        Follow(
        [
            new LiveKey(LiveTopic.Maintenance),
            .. (_details?.Spans ?? []).Select(s => new LiveKey(LiveTopic.Logger, s.LoggerId)).Distinct(),
            .. _details?.Logger is null ? [new LiveKey(LiveTopic.Inventory)] : Array.Empty<LiveKey>(),
        ]);
        _details = await Points.FindAsync(_scope, Id);
        _logger = _details?.Logger is { Approval: LoggerApproval.Accepted } logger ? logger : null;
        if (_details?.Logger is { Approval: not LoggerApproval.Accepted })
        {
            _details = null;
        }

        _charts = _details is null ? [] : PointChart.Of(_details.Channels);
        (_isStale, _isLoaded) = (true, true);
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
            while (_isStale)
            {
                _isStale = false;
                await DrawAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is away. Its return asks for everything.
            _isStale = true;
        }
        finally
        {
            _isDrawing = false;
        }
    }

    /// <summary>Reads what the page shows of the time and hands it over: of the points nothing stays here.</summary>
    private async Task DrawAsync()
    {
        if (_details is null)
        {
            return;
        }

        var view = _view;
        var shown = await FrameAsync(view);
        var history = await Ranges.ReadPointAsync(_scope, Id, shown.FromUtc, shown.ToUtc, cancellationToken: Browser.UntilItGoes);
        var events = await Events.ReadAsync(_scope, Id, history, Browser.UntilItGoes);
        foreach (var chart in _charts)
        {
            _summaries[chart.Key] = [.. ChannelSummary.Of(chart, history)];
            if (_drawn.GetValueOrDefault(chart.Key) is { } drawn)
            {
                await drawn.ShowAsync(chart.Draw(history, events, View.Units, view.IsLive), Browser.UntilItGoes);
            }
        }

        foreach (var gone in _summaries.Keys.Except(_charts.Select(c => c.Key)).ToList())
        {
            _summaries.Remove(gone);
        }

        (_shown, _events, _empty) = (shown, events, [.. _charts.Where(c => c.IsEmpty(history)).Select(c => c.Key)]);
        if (_table is not null)
        {
            await _table.ShowAsync(_scope, shown, view.IsLive, Browser.UntilItGoes);
        }

        if (_device is not null)
        {
            await _device.ShowAsync(_scope, shown, history, view.IsLive);
        }

        StateHasChanged();
    }

    /// <summary>Up to now, or to the newest reading of a clock some seconds ahead; the end itself is no longer read.</summary>
    private async Task<ChartView> FrameAsync(TimeView view)
    {
        if (view.Range is not { } range)
        {
            return new ChartView(view.FromUtc, view.ToUtc);
        }

        var now = Time.GetUtcNow();
        var newest = _logger is null ? null : LoggerWords.NewestUtc(_logger);
        var until = (newest > now ? newest.Value : now).AddMilliseconds(1);
        if (range.Span is { } span)
        {
            return new ChartView(until - span, until);
        }

        var first = (await Ranges.ExtentOfPointAsync(_scope, Id, Browser.UntilItGoes))?.FirstUtc ?? until;
        return new ChartView(until - first > TimeSpan.FromHours(1) ? first : until - TimeSpan.FromHours(1), until);
    }

    /// <summary>Remembers what was shown before, for the way back; a browser's own way back counts as such.</summary>
    private void TakeView(TimeView view)
    {
        if (view == _view)
        {
            return;
        }

        if (_before.TryPeek(out var last) && last == view)
        {
            _before.Pop();
        }
        else if (_isLoaded)
        {
            _before.Push(_view);
        }

        _live = view.IsLive ? view : _live;
        _view = view;
    }

    private void Look(ChartView wanted)
    {
        // What is to come was not measured: the end is now at the latest.
        var ahead = wanted.ToUtc - Time.GetUtcNow();
        var by = ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero;
        var view = TimeView.Between(wanted.FromUtc - by, wanted.ToUtc - by);
        Navigation.NavigateTo(AddressOf(view), new NavigationOptions { ReplaceHistoryEntry = !_view.IsLive });
    }

    private void GoBack()
    {
        if (_before.TryPeek(out var before))
        {
            Navigation.NavigateTo(AddressOf(before), new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }

    private string AddressOf(TimeView view) => $"points/{Id}?{view.Query}";

    private IReadOnlyList<ChannelSummary> SummariesOf(PointChart chart) => _summaries.GetValueOrDefault(chart.Key) ?? [];

    private string LabelOf(PointChart chart) =>
        $"{chart.Title}: {string.Join(' ', SummariesOf(chart).Select(channel => PointWords.Sentence(channel, _view.Range, View.Units)))}";

    private IEnumerable<(ShownValue Value, int Colour)> ValuesOf(PointChart chart)
    {
        var values = _logger is null ? [] : _logger.Series.Zip(LoggerWords.Values(_logger, View.Units)).ToList();
        foreach (var (line, i) in chart.Lines.Select((line, i) => (line, i)))
        {
            if (values.Where(v => (v.First.Channel, v.First.Type.Key) == line.Channel.Key).Select(v => v.Second).FirstOrDefault() is { } value)
            {
                yield return (value with { Label = chart.Lines.Count > 1 ? line.Name : "" }, 1 + i);
            }
        }
    }
}
