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

namespace Efento.Portal.Components.Pages.Gateways;

/// <summary>The last day, week or month of a gateway.</summary>
public sealed partial class HistorySheet
{
    private static readonly HistoryRange[] Ranges = [.. HistoryRange.All.Where(r => r.Key is "24h" or "7d" or "30d")];

    [HandedOver]
    private GatewayHistory? _history;
    private TimeSeriesChart? _heard;
    private TimeSeriesChart? _battery;
    private TimeSeriesChart? _uptime;
    private bool _isStale;
    private bool _isDrawing;

    /// <summary>The gateway's key.</summary>
    [Parameter, EditorRequired]
    public int Id { get; set; }

    /// <summary>The key of the range; the last day for an unknown key.</summary>
    [Parameter]
    public string? Key { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(10);

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private GatewayHistoryQuery Query { get; set; } = null!;

    private HistoryRange Range => Array.Find(Ranges, r => r.Key == Key) ?? HistoryRange.Usual;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Gateway, Id), new LiveKey(LiveTopic.Maintenance));
        _history = await Query.ReadAsync(await Person.ScopeAsync(), Id, Range.Span!.Value);
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
            while (_isStale && _history is { } history)
            {
                _isStale = false;
                await DrawAsync(history);
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

    private async Task DrawAsync(GatewayHistory history)
    {
        await ShowAsync(_heard, HistoryDrawing.Heard);
        if (HistoryDrawing.HasBattery(history))
        {
            await ShowAsync(_battery, HistoryDrawing.Battery);
        }

        if (HistoryDrawing.HasUptime(history))
        {
            await ShowAsync(_uptime, HistoryDrawing.Uptime);
        }

        Task ShowAsync(TimeSeriesChart? chart, Func<GatewayHistory, ChartDrawing> draw) =>
            chart?.ShowAsync(draw(history), Browser.Disconnected) ?? Task.CompletedTask;
    }

    private static string Sentence(GatewayHistory history)
    {
        var silences = history.Silences.Where(s => s.Cause is not GapCause.Maintenance).ToList();
        return (history.HeardShare, silences.Count) switch
        {
            (null, _) => GatewaysText.HistoryUnknown,
            (_, 0) => GatewaysText.HistoryAlways(history.Restarts.Count()),
            ({ } share, var count) => GatewaysText.HistorySentence(
                PointWords.Percent(share), count, GatewayWords.Span(silences.Max(s => s.ToMs - s.FromMs) / 1000), history.Restarts.Count()),
        };
    }
}
