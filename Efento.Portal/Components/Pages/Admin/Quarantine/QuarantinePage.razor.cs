using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>What was set aside, filtered, and what can be done about it.</summary>
public sealed partial class QuarantinePage
{
    /// <summary>Items of a page.</summary>
    public const int PageSize = 50;

    private IReadOnlyList<KeyValuePair<int, string>> _gateways = [];
    private QuarantineList? _list;
    private List<QuarantineKey> _selected = [];
    private string? _shownAddress;
    private bool _mayAct;

    /// <summary>The gateway to show alone; 0 for items nobody knows the gateway of.</summary>
    [SupplyParameterFromQuery]
    public int? Gateway { get; set; }

    /// <summary>The reason to show alone.</summary>
    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    /// <summary>The time to show alone (<see cref="QuarantineTimes"/>).</summary>
    [SupplyParameterFromQuery]
    public string? Time { get; set; }

    /// <summary>"read" for what was read again.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>Older items than this one.</summary>
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
