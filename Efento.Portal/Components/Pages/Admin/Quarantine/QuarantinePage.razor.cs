using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>The quarantined items with a filter and actions.</summary>
public sealed partial class QuarantinePage
{
    /// <summary>The number of items on a page.</summary>
    public const int PageSize = 50;

    [HandedOver]
    private IReadOnlyList<KeyValuePair<int, string>> _gateways = [];
    [HandedOver]
    private QuarantineList? _list;
    private List<QuarantineKey> _selected = [];
    private string? _shownAddress;
    [HandedOver]
    private bool _mayAct;

    /// <summary>Shows only items of this gateway; 0 shows items without a known gateway.</summary>
    [SupplyParameterFromQuery]
    public int? Gateway { get; set; }

    /// <summary>Shows only items with this reason.</summary>
    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    /// <summary>Shows only items of this time (<see cref="QuarantineTimes"/>).</summary>
    [SupplyParameterFromQuery]
    public string? Time { get; set; }

    /// <summary>"read" shows items that were read again.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>Shows only items older than this one.</summary>
    [SupplyParameterFromQuery]
    public int? Before { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    private bool IsReadAgain => State == QuarantineFilters.ReadAgain;

    private bool IsFiltered => Gateway is not null || Reason is not null || Time is not null || State is not null || Before is not null;

    private bool AreAllSelected => _list!.Lines.All(l => _selected.Contains(l.Key));

    private QuarantineFilter Filter
    {
        get
        {
            var (since, before) = QuarantineTimes.Of(Time, Clock.GetUtcNow());
            return new(Gateway, Enum.TryParse<RejectReason>(Reason, out var reason) ? reason : null, since, before, IsReadAgain);
        }
    }

    [Inject]
    private QuarantineQuery Query { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Quarantine), new LiveKey(LiveTopic.Inventory));
        if (_shownAddress != Navigation.Uri)
        {
            (_shownAddress, _selected) = (Navigation.Uri, []);
        }

        _mayAct = await Person.MayAsync(Policies.Administer);
        _gateways = await Query.ReadGatewaysAsync();
        _list = await Query.ListAsync(Filter, Before, PageSize);
    }

    private void Select(QuarantineKey key, bool isSelected)
    {
        _selected = [.. _selected.Where(k => k != key)];
        if (isSelected)
        {
            _selected.Add(key);
        }
    }

    private void SelectShown(bool isSelected) => _selected = isSelected ? [.. _list!.Lines.Select(l => l.Key)] : [];

    private async Task SelectMatchingAsync() => _selected = [.. await Query.ReadKeysAsync(Filter)];

    private Task ClearAsync()
    {
        _selected = [];
        return ReloadAsync();
    }

    private string Address(int? before) => Navigation.GetUriWithQueryParameter("before", before);
}
