using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>The readings of a time page by page. The page tells it which time; who turned pages in a time that moves on stays where they are.</summary>
public sealed partial class ReadingTable
{
    private const int PageSize = 30;

    private readonly Stack<ReadingPosition> _pages = [];
    private SiteScope _scope = null!;
    private ChartView? _shown;
    private bool _isLive;
    private TablePage? _page;

    /// <summary>The measuring point.</summary>
    [Parameter, EditorRequired]
    public int PointId { get; set; }

    /// <summary>Whether it is to be said what is measured.</summary>
    [Parameter]
    public bool HasChannels { get; set; }

    [Inject]
    private TableQuery Readings { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    /// <summary>Shows the readings of this time.</summary>
    public async Task ShowAsync(SiteScope scope, ChartView shown, bool isLive, CancellationToken cancellationToken)
    {
        var isSame = _shown is { } before && _isLive == isLive && (isLive ? before.ToUtc - before.FromUtc == shown.ToUtc - shown.FromUtc : before == shown);
        if (!isSame)
        {
            _pages.Clear();
        }

        (_scope, _shown, _isLive) = (scope, shown, isLive);
        await ReadAsync(cancellationToken);
        StateHasChanged();
    }

    private async Task OlderAsync()
    {
        if (_page?.Next is { } next)
        {
            _pages.Push(next);
            await ReadAsync(CancellationToken.None);
        }
    }

    private async Task NewerAsync()
    {
        if (_pages.TryPop(out _))
        {
            await ReadAsync(CancellationToken.None);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_shown is { } shown)
        {
            var after = _pages.TryPeek(out var last) ? last : null;
            _page = await Readings.ReadPointAsync(_scope, PointId, new TablePageRequest(shown.FromUtc, shown.ToUtc, null, IsNewestFirst: true, after, PageSize), cancellationToken);
        }
    }

    /// <summary>What it is of, with the channel where the page's readings have two of a name.</summary>
    private string NameOf(TableRow row)
    {
        var label = MeasurementWords.Label(row.Type);
        return _page!.Rows.Any(other => other.Channel != row.Channel && MeasurementWords.Label(other.Type) == label) ? $"{label} {row.Channel}" : label;
    }
}
