using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>
/// A page that shows what was measured in a range of time. The range is part of the page's address. What is drawn is read after each load
/// and passed to the browser; it is not kept on the server.
/// </summary>
public abstract class RangePage : LiveComponent
{
    private readonly Stack<TimeView> _before = [];
    [HandedOver]
    private protected TimeView _view = new(HistoryRange.Usual);
    [HandedOver]
    private protected TimeView _live = new(HistoryRange.Usual);
    [HandedOver]
    private protected bool _isLoaded;
    private bool _isStale;
    private bool _isDrawing;
    private TimeZoneInfo? _zoneOfBrowser;

    /// <summary>The key of a <see cref="HistoryRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    /// <summary>The begin of a fixed range, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>The end of a fixed range.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromMilliseconds(500);

    /// <summary>Whether there is a previous view.</summary>
    protected bool CanGoBack => _before.Count > 0;

    /// <summary>The page's address up to the parameters of the range.</summary>
    protected abstract string Address { get; }

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>Reads the data of the range and passes it to the browser.</summary>
    protected abstract Task DrawAsync();

    /// <summary>Marks what is drawn as outdated. It is drawn again after the next rendering.</summary>
    protected void DrawAgain() => (_isStale, _isLoaded) = (true, true);

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

    /// <summary>The zone of the page. The browser's own zone is asked for once.</summary>
    protected async Task<TimeZoneInfo> ZoneAsync() =>
        View.TimeZone is null ? _zoneOfBrowser ??= await Js.ZoneAsync(Assets, View) : await Js.ZoneAsync(Assets, View);

    /// <summary>
    /// The range ends now, or at the newest reading if a logger's clock is some seconds ahead. The end itself is not part of the range.
    /// </summary>
    /// <param name="newestUtc">When the newest reading was measured; null if there is none.</param>
    /// <param name="firstUtc">When the first reading was measured; asked for only if everything is shown.</param>
    /// <param name="zone">The zone of the page.</param>
    protected ChartView Frame(DateTimeOffset? newestUtc, Func<DateTimeOffset?> firstUtc, TimeZoneInfo zone)
    {
        var now = Time.GetUtcNow();
        if (_view.Range is not { } range)
        {
            return TimeView.WholeDays(new ChartView(_view.FromUtc, _view.ToUtc), zone, now);
        }

        var until = (newestUtc > now ? newestUtc.Value : now).AddMilliseconds(1);
        if (range.Span is { } span)
        {
            return TimeView.WholeDays(new ChartView(until - span, until), zone, now);
        }

        var first = firstUtc() ?? until;
        return new ChartView(until - first > TimeSpan.FromHours(1) ? first : until - TimeSpan.FromHours(1), until);
    }

    /// <summary>Takes the range of the address, and remembers the previous one. The browser's own back button counts as well.</summary>
    protected void TakeView()
    {
        var view = TimeView.Of(Range, From, To);
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

    /// <summary>Shows another range.</summary>
    protected void ChangeView(ChartView wanted)
    {
        // There are no measurements in the future, so the range ends now at the latest.
        var ahead = wanted.ToUtc - Time.GetUtcNow();
        var by = ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero;
        var view = TimeView.Between(wanted.FromUtc - by, wanted.ToUtc - by);
        Navigation.NavigateTo(Address + view.Query, new NavigationOptions { ReplaceHistoryEntry = !_view.IsLive });
    }

    /// <summary>Shows the previous range.</summary>
    protected void GoBack()
    {
        if (_before.TryPeek(out var before))
        {
            Navigation.NavigateTo(Address + before.Query, new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }
}
