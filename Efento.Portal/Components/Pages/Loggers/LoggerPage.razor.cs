using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Pages.Loggers;

/// <summary>A logger: its values now, what they were, and the device itself.</summary>
public sealed partial class LoggerPage
{
    private const int RowsShown = 20;
    private const int MostReadings = 200;

    /// <summary>How many colours lines have: --series-1 and so on in wwwroot-assets/styles/tokens.css.</summary>
    private const int Colours = 6;

    private readonly Dictionary<string, TimeSeriesChart> _drawn = [];
    private SiteScope _scope = null!;
    private LoggerOverview? _logger;
    private bool _isLoaded;
    private IReadOnlyList<LoggerChart> _charts = [];
    private IReadOnlyList<ReadingRow> _rows = [];
    private IReadOnlyList<PointSpan> _spans = [];
    private HashSet<string> _empty = [];
    private HistoryRange _range = HistoryRange.Usual;
    private bool _isStale;
    private bool _isDrawing;

    /// <summary>The logger's serial.</summary>
    [Parameter]
    public string Serial { get; set; } = "";

    /// <summary>The key of a <see cref="HistoryRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromMilliseconds(500);

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private HistoryQuery History { get; set; } = null!;

    [Inject]
    private PointHistory Points { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    [Inject]
    private MaintenanceLog Windows { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _scope = await Person.ScopeAsync();

        // One that was not heard yet may come while somebody waits for it.
        var known = _logger?.Serial == Serial ? _logger : await Loggers.FindAsync(_scope, Serial);
        Follow(
            known is null ? new LiveKey(LiveTopic.Inventory) : new LiveKey(LiveTopic.Logger, known.Id),
            new LiveKey(LiveTopic.Maintenance));
        _logger = await Loggers.FindAsync(_scope, Serial);
        _range = HistoryRange.Of(Range);
        _charts = _logger is null ? [] : LoggerChart.Of(_logger);
        _rows = _logger is null ? [] : await ReadRowsAsync(_logger);
        _spans = _logger?.Point is { } point ? await Points.SpansAsync(_scope, point.Id) : [];
        (_isStale, _isLoaded) = (true, true);
    }

    private async Task<IReadOnlyList<ReadingRow>> ReadRowsAsync(LoggerOverview logger)
    {
        var readings = await History.ReadLastAsync(_scope, logger.Id, Math.Min(MostReadings, RowsShown * logger.Series.Count));
        var outages = readings.Count == 0 ? [] : await ReadOutagesAsync(readings[^1].Reading.MeasuredAtUtc, Time.GetUtcNow());
        return [.. ReadingRow.Of(logger, readings, outages, View.Units).Take(RowsShown)];
    }

    private async Task<IReadOnlyList<Outage>> ReadOutagesAsync(DateTimeOffset from, DateTimeOffset until) =>
        [.. (await Windows.ReadBetweenAsync(from, until)).Select(w => new Outage(w.FromUtc.ToUnixTimeMilliseconds(), w.UntilUtc.ToUnixTimeMilliseconds()))];

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

    /// <summary>Reads what the charts show and hands it to them; nothing of it stays here.</summary>
    private async Task DrawAsync()
    {
        if (_logger is not { Approval: LoggerApproval.Accepted } logger)
        {
            return;
        }

        // Up to now, or to the newest reading of a clock some seconds ahead; the end itself is no longer read.
        var now = Time.GetUtcNow();
        var newest = LoggerWords.NewestUtc(logger);
        var until = (newest > now ? newest.Value : now).AddMilliseconds(1);
        var from = until - _range.Span;
        var histories = await History.ReadAsync(_scope, logger.Id, from, until, outages: await ReadOutagesAsync(from, until));
        foreach (var chart in _charts)
        {
            if (_drawn.GetValueOrDefault(chart.Type.Key) is { } drawn)
            {
                await drawn.ShowAsync(chart.Draw(histories, from, until, View.Units), Browser.UntilItGoes);
            }
        }

        HashSet<string> empty = [.. _charts.Where(c => c.IsEmpty(histories)).Select(c => c.Type.Key)];
        if (!empty.SetEquals(_empty))
        {
            _empty = empty;
            StateHasChanged();
        }
    }

    private IEnumerable<(ShownValue Value, int Colour)> ValuesOf(LoggerChart chart)
    {
        var values = LoggerWords.Values(_logger!, View.Units);
        return chart.Lines.Select((line, i) =>
        {
            var value = values[_logger!.Series.TakeWhile(s => s.Id != line.SeriesId).Count()];
            return (chart.Lines.Count > 1 ? value : value with { Label = "" }, 1 + (i % Colours));
        });
    }
}
