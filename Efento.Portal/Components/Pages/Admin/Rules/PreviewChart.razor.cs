using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>
/// The charts of the channels that a preview judged at one measuring point; of a rule about the signal, that of the signal.
/// </summary>
public sealed partial class PreviewChart
{
    private const int Highest = 200;

    private readonly Dictionary<string, TimeSeriesChart> _drawn = [];
    private IReadOnlyList<PointChart> _charts = [];
    private PointDetails? _details;
    private Previewed? _loaded;
    private bool _isStale;
    private bool _isDrawing;

    /// <summary>What the preview found, at one measuring point alone.</summary>
    [Parameter, EditorRequired]
    public Previewed Of { get; set; } = null!;

    /// <summary>The name of the point.</summary>
    [Parameter, EditorRequired]
    public string? Name { get; set; }

    [Inject]
    private PointQuery Points { get; set; } = null!;

    [Inject]
    private RangeQuery Ranges { get; set; } = null!;

    [Inject]
    private DeviceQuery Devices { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>The dialog is drawn again with each field that is left; what was found has not changed by that.</summary>
    protected override Task OnParametersSetAsync() => Of == _loaded ? Task.CompletedTask : LoadAsync();

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _loaded = Of;
        _details = await Points.FindAsync(await Person.ScopeAsync(), Of.Channels[0].PointId);
        _charts = _details is null ? [] : Of.Draft.Kind is RuleKind.Signal ? [PointChart.Signal] : PointChart.Of([.. Judged(_details)]);
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
            // A page that was rendered before has none of the charts yet; they come with the next rendering.
            while (_isStale && _details is not null && _charts.All(chart => _drawn.ContainsKey(chart.Key)))
            {
                _isStale = false;
                await DrawAsync(_details.Spans);
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

    private IEnumerable<PointChannel> Judged(PointDetails details) =>
        details.Channels.Where(c => Of.Channels.Any(its => (its.Channel, its.Type.Key) == c.Key));

    private async Task DrawAsync(PointSpans point)
    {
        var (of, toUtc) = (Of, Time.GetUtcNow().AddMilliseconds(1));
        var history = await Ranges.ReadAsync(point, toUtc.AddDays(-RulePreview.Days), toUtc, cancellationToken: Browser.Disconnected);
        foreach (var chart in _charts)
        {
            var drawing = of.Draft.Kind is RuleKind.Signal
                ? await SignalAsync(point, history)
                : chart.Draw(history, [], View.Units, isLive: false);
            await _drawn[chart.Key].ShowAsync(PreviewWords.With(drawing, of, AlarmsOf(chart), View.Units), Browser.Disconnected);
        }
    }

    private IEnumerable<PreviewedAlarm> AlarmsOf(PointChart chart) => Of.Draft.Kind is RuleKind.Signal
        ? Of.Alarms
        : Of.Alarms.Where(a => chart.Lines.Any(l => l.Channel.Channel == a.Channel));

    private async Task<ChartDrawing> SignalAsync(PointSpans point, RangeHistory history)
    {
        var gaps = DeviceCharts.GapsOf(history);
        var signal = await Devices.ReadAsync(point, history.FromUtc, history.ToUtc, gaps, Browser.Disconnected);
        return DeviceCharts.SignalOf(signal, history.FromUtc, history.ToUtc, gaps) with { IsLive = false };
    }
}
