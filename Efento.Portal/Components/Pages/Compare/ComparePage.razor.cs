using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>Up to eight channels of any measuring points in one chart. What is compared is part of the address.</summary>
public sealed partial class ComparePage
{
    private TimeSeriesChart? _chart;
    private CompareTable? _table;
    [HandedOver]
    private Comparison? _comparison;
    [HandedOver]
    private IReadOnlyList<LoggerOverview> _loggers = [];
    private IReadOnlyList<ChannelSummary> _summaries = [];
    [HandedOver]
    private IReadOnlyList<ChannelChoice> _choices = [];
    private bool _isPicking;
    private bool _isEmpty;
    private bool _hasLate;
    private ChartView? _shown;
    private TimeZoneInfo? _zone;

    /// <summary>What is compared: choices, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "points")]
    public string? Points { get; set; }

    /// <summary>The choices that are not drawn.</summary>
    [SupplyParameterFromQuery(Name = "hide")]
    public string? Hide { get; set; }

    /// <inheritdoc/>
    protected override string Address => AddressOf(_comparison?.Choices ?? _choices, ChannelChoice.ListOf(Hide));

    /// <summary>The request; null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private ComparisonQuery Comparisons { get; set; } = null!;

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private RangeQuery Ranges { get; set; } = null!;

    [Inject]
    private MaintenanceMode Maintenance { get; set; } = null!;

    private IReadOnlyList<ComparedChannel> Channels => _comparison?.Channels ?? [];

    private IReadOnlyList<ComparedChannel> ShownChannels => [.. Channels.Where(c => !HiddenNumbers.Contains(c.Number))];

    private IReadOnlySet<int> HiddenNumbers =>
        Channels.IntersectBy(ChannelChoice.ListOf(Hide), c => c.Choice).Select(c => c.Number).ToHashSet();

    private bool IsPicking => _isPicking || Channels.Count == 0;

    private Dictionary<string, object?> Expanded => new() { ["aria-expanded"] = IsPicking ? "true" : "false" };

    private IEnumerable<string> Sentences => _summaries.Select(channel => PointWords.Sentence(channel, _view.Range, View.Units));

    private string LeftOut => string.Join(", ", _comparison!.LeftOut.Take(Comparison.Most))
        + (_comparison.LeftOut.Count > Comparison.Most ? $" {CompareText.AndMore(_comparison.LeftOut.Count - Comparison.Most)}" : "");

    private string? Places => string.Join(
        "; ", _comparison?.Points.Where(p => p.Point.Where is not null).Select(p => $"{p.Point.Name}: {p.Point.Where}") ?? [])
        is { Length: > 0 } places ? places : null;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var scope = await Person.ScopeAsync();
        TakeView();
        var choices = ChannelChoice.ListOf(Points);
        if (_comparison is null || !_choices.SequenceEqual(choices))
        {
            (_comparison, _choices) = (await Comparisons.FindAsync(scope, choices), choices);
        }

        Follow(KeysOf(_comparison));
        _comparison = await Comparisons.FindAsync(scope, choices);
        _loggers = IsPicking ? [.. (await Loggers.ListAsync(scope)).Where(l => l.Point is not null)] : [];
        if (!_comparison.Choices.SequenceEqual(choices))
        {
            GoTo(Address + _view.Query);
        }

        DrawAgain();
    }

    /// <inheritdoc/>
    protected override async Task DrawAsync()
    {
        if (_comparison is not { Channels.Count: > 0 } comparison)
        {
            return;
        }

        _zone = await ZoneAsync();
        var (isLive, channels) = (_view.IsLive, ShownChannels);
        var shown = Frame(comparison.Channels.Max(c => c.NewestUtc), () => FirstUtc(comparison), _zone);
        var histories = await ReadAsync(channels, shown);
        if (_chart is not null)
        {
            await _chart.ShowAsync(ComparisonChart.Draw(comparison.Channels, histories, shown, View.Units, isLive), Browser.Disconnected);
        }

        _summaries =
        [
            .. channels.Where(c => histories.ContainsKey(c.Number)).Select(c => ChannelSummary.Of(c.FullName, histories[c.Number])),
        ];
        _shown = shown;
        _isEmpty = histories.Values.All(h => h.Statistics is { Count: 0, WithoutValue: 0 });
        _hasLate = histories.Values.Any(h => h.Late.Count > 0);
        if (_table is not null)
        {
            await _table.ShowAsync(channels, shown, isLive, Browser.Disconnected);
        }

        StateHasChanged();
    }

    private static LiveKey[] KeysOf(Comparison comparison) =>
    [
        new(LiveTopic.Maintenance), new(LiveTopic.Inventory),
        .. comparison.Points.SelectMany(p => p.Spans.All).Select(s => new LiveKey(LiveTopic.Logger, s.LoggerId)).Distinct(),
    ];

    private static string AddressOf(IEnumerable<ChannelChoice> choices, IEnumerable<ChannelChoice> hidden)
    {
        var hide = List(hidden);
        return $"compare?points={List(choices)}&" + (hide.Length > 0 ? $"hide={hide}&" : "");

        static string List(IEnumerable<ChannelChoice> choices) => string.Join(',', choices.Select(c => Uri.EscapeDataString(c.Text)));
    }

    /// <summary>What each channel measured, by its number.</summary>
    private async Task<Dictionary<int, ChannelHistory>> ReadAsync(IReadOnlyList<ComparedChannel> channels, ChartView shown)
    {
        Dictionary<int, ChannelHistory> histories = [];
        foreach (var point in channels.GroupBy(c => c.Details.Point.Id))
        {
            var history = await Ranges.ReadAsync(
                point.First().Details.Spans, shown.FromUtc, shown.ToUtc, zone: _zone, cancellationToken: Browser.Disconnected);
            foreach (var (channel, its) in point.Join(history.Channels, c => c.Channel.Key, h => (h.Channel, h.Type.Key), (c, h) => (c, h)))
            {
                histories[channel.Number] = its;
            }
        }

        return histories;
    }

    private DateTimeOffset? FirstUtc(Comparison comparison) => comparison.Points.Min(p => Ranges.ExtentOf(p.Spans)?.FirstUtc);

    private async Task PickAsync()
    {
        _isPicking = !_isPicking;
        await ReloadAsync();
    }

    private void Add(ChannelChoice choice)
    {
        _isPicking = true;
        Show(Channels.Select(c => c.Choice).Append(choice), ChannelChoice.ListOf(Hide));
    }

    private void Remove(ChannelChoice choice)
    {
        _isPicking |= Channels.Count == 1;
        Show(Channels.Select(c => c.Choice).Except([choice]), ChannelChoice.ListOf(Hide).Except([choice]));
    }

    private void Toggle(ChannelChoice choice)
    {
        var hidden = ChannelChoice.ListOf(Hide);
        Show(_choices, hidden.Contains(choice) ? hidden.Except([choice]) : hidden.Append(choice));
    }

    private void Show(IEnumerable<ChannelChoice> choices, IEnumerable<ChannelChoice> hidden) => Navigation.NavigateTo(
        AddressOf(choices, hidden) + _view.Query, new NavigationOptions { ReplaceHistoryEntry = true });

    // As Pages/Loggers/LoggerPage does: a header allows ASCII only.
    private void GoTo(string address)
    {
        if (HttpContext is { } request)
        {
            request.Response.Redirect($"/{address}");
        }
        else
        {
            Navigation.NavigateTo(address, new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }

    private Task SaveAsync(string format) => _chart?.SaveAsync(format, new ChartCaption(Places, [.. Sentences])) ?? Task.CompletedTask;
}
