using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Export;
using Efento.Portal.History;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>
/// The readings behind the lines of a comparison, page by page, as <see cref="Points.ReadingTable"/> shows those of one point.
/// </summary>
public sealed partial class CompareTable
{
    private const int PageSize = 30;

    private readonly Stack<DateTimeOffset> _ends = [];
    private IReadOnlyList<ComparedChannel> _channels = [];
    private ChartView? _shown;
    private bool _isLive;
    private TogetherPage? _page;
    private CsvFormat _format = CsvFormat.Of(null);

    /// <summary>The channels, a column each.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ComparedChannel> Channels { get; set; } = [];

    /// <summary>The time zone of the page, in which the download has its times; null until it is known.</summary>
    [Parameter]
    public TimeZoneInfo? Zone { get; set; }

    [Inject]
    private TogetherQuery Readings { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    /// <summary>Shows the readings of a range. When a live range moves on, the user stays on the same page.</summary>
    internal async Task ShowAsync(
        IReadOnlyList<ComparedChannel> channels, ChartView shown, bool isLive, CancellationToken cancellationToken)
    {
        if (_isLive != isLive || (!isLive && _shown != shown) || LengthOf(_shown) != LengthOf(shown))
        {
            _ends.Clear();
        }

        (_channels, _shown, _isLive) = (channels, shown, isLive);
        await ReadAsync(cancellationToken);
        StateHasChanged();
    }

    // A live range of whole days grows until midnight, and one of everything grows for ever.
    private static int LengthOf(ChartView? view) => view is { } some ? (some.ToUtc - some.FromUtc).Days : -1;

    private async Task OlderAsync()
    {
        if (_page?.NextUtc is { } next)
        {
            _ends.Push(next);
            await ReadAsync(CancellationToken.None);
        }
    }

    private async Task NewerAsync()
    {
        if (_ends.TryPop(out _))
        {
            await ReadAsync(CancellationToken.None);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_shown is { } shown)
        {
            _page = await Readings.ReadAsync(
                [.. _channels.Select(c => c.Details.Spans).DistinctBy(s => s.PointId)], shown.FromUtc,
                _ends.TryPeek(out var end) ? end : shown.ToUtc, isNewestFirst: true, PageSize, cancellationToken);
        }
    }

    private void Choose(ChangeEventArgs choice) => _format = CsvFormat.Of(choice.Value as string);

    /// <summary>The readings of a moment by time of receipt, the earliest first, each with the number of its line.</summary>
    private IEnumerable<IGrouping<DateTimeOffset, (int Number, TableRow Row)>> ReceiptsOf(TogetherRow moment) =>
        RowsOf(moment).GroupBy(r => r.Row.ReceivedAtUtc).OrderBy(g => g.Key);

    private bool IsNamed(TogetherRow moment) => ReceiptsOf(moment).Take(2).Count() > 1;

    private IEnumerable<(int Number, TableRow Row)> RowsOf(TogetherRow moment) =>
        from channel in Channels
        let row = moment.Of(channel.Details.Point.Id, channel.Channel.Channel, channel.Channel.Type.Key)
        where row is not null
        select (channel.Number, row);
}
