using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>
/// The readings of the range shown, page by page. When the range moves on with the clock, the user stays on the same page.
/// </summary>
public sealed partial class ReadingTable
{
    private const int PageSize = 30;

    private readonly Stack<ReadingPosition> _pages = [];
    private PointSpans? _point;
    private ChartView? _shown;
    private bool _isLive;
    private MomentPage? _page;
    private CsvFormat _format = CsvFormat.Of(null);

    /// <summary>The measuring point.</summary>
    [Parameter, EditorRequired]
    public int PointId { get; set; }

    /// <summary>The channels, a column each.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PointChannel> Channels { get; set; } = [];

    /// <summary>The time zone of the page, in which the download has its times; null until it is known.</summary>
    [Parameter]
    public TimeZoneInfo? Zone { get; set; }

    [Inject]
    private TableQuery Readings { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    /// <summary>Shows the readings of a range.</summary>
    public async Task ShowAsync(PointSpans point, ChartView shown, bool isLive, CancellationToken cancellationToken)
    {
        var isSame = _shown is { } before
            && _isLive == isLive
            && (isLive ? IsAsLong(before, shown) : before == shown);
        if (!isSame)
        {
            _pages.Clear();
        }

        (_point, _shown, _isLive) = (point, shown, isLive);
        await ReadAsync(cancellationToken);
        StateHasChanged();
    }

    // A live range of whole days grows until midnight, and one of everything grows for ever.
    private static bool IsAsLong(ChartView before, ChartView shown) =>
        Math.Abs((shown.ToUtc - shown.FromUtc) / (before.ToUtc - before.FromUtc) - 1) < 0.05;

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
        if (_point is { } point && _shown is { } shown)
        {
            var after = _pages.TryPeek(out var last) ? last : null;
            _page = await Readings.ReadMomentsAsync(
                point, new TablePageRequest(shown.FromUtc, shown.ToUtc, null, IsNewestFirst: true, after, PageSize), cancellationToken);
        }
    }

    private void Choose(ChangeEventArgs choice) => _format = CsvFormat.Of(choice.Value as string);

    private IReadOnlyList<(PointChannel Channel, string Name)> Columns() =>
        [.. Channels.Zip(MeasurementWords.Labels([.. Channels.Select(c => (c.Channel, c.Type))]))];

    private static string NamesOf(IEnumerable<TableRow> rows, IReadOnlyList<(PointChannel Channel, string Name)> columns) => string.Join(
        ", ", columns.Where(column => rows.Any(r => (r.Channel, r.Type.Key) == column.Channel.Key)).Select(column => column.Name));
}
