using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Names, locations and remarks of all loggers: many are changed at once, in a table or with a file.</summary>
public sealed partial class NamesPage
{
    private readonly List<NameEdit> _rows = [];
    [HandedOver]
    private IReadOnlyList<LoggerOverview>? _loggers;
    private string _said = "";
    private bool _isRefused;

    [Inject]
    private LoggerQuery Loggers { get; set; } = null!;

    [Inject]
    private LocationDirectory Locations { get; set; } = null!;

    [Inject]
    private PointNaming Naming { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private int Unnamed => _rows.Count(r => r.IsUnnamed);

    private IReadOnlyList<NameEdit> Changed => [.. _rows.Where(r => r.IsChanged)];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Arrange();
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Inventory));
        _loggers = await Loggers.ListAsync(await Person.ScopeAsync(), includeHeld: true);
        Arrange();
    }

    /// <summary>
    /// Rows stay where they are while the page is open, and changed ones stay in any case. At first, those without a name come first.
    /// </summary>
    private void Arrange()
    {
        var now = (_loggers ?? []).Where(l => l.Point is not null).ToDictionary(l => l.Point!.Id);
        _rows.RemoveAll(row => !now.ContainsKey(row.PointId) && !row.IsChanged);
        _rows.ForEach(row => row.Follow(now.GetValueOrDefault(row.PointId)?.Point));
        var known = _rows.Select(row => row.PointId).ToHashSet();
        _rows.AddRange(
            now.Values.Where(l => !known.Contains(l.Point!.Id))
                .OrderBy(l => l.PointName == l.Serial ? 0 : 1)
                .ThenBy(l => l.PointName, StringComparer.CurrentCultureIgnoreCase)
                .ThenBy(l => l.Serial, StringComparer.Ordinal)
                .Select(l => new NameEdit(l)));
    }

    private void Discard()
    {
        _rows.ForEach(row => row.Reset());
        _said = "";
    }

    private async Task SaveAsync()
    {
        var changed = Changed;
        _rows.ForEach(row => row.Fault = null);
        if (changed.Count == 0)
        {
            (_said, _isRefused) = (NamesText.NothingToSave, false);
        }
        else if (await NameAsync([.. changed.Select(row => row.Change)]) is { } faults)
        {
            Tell(faults, changed.Count);
        }

        await ReloadAsync();
    }

    /// <summary>Gives points their labels as the user.</summary>
    /// <returns>What prevented it, by point; null if something else did, which is then said.</returns>
    private async Task<IReadOnlyList<PointFault>?> NameAsync(IReadOnlyList<PointChange> changes)
    {
        IReadOnlyList<PointFault> faults = [];
        var prevented = await Person.TryAsync(Policies.Administer, async actor =>
        {
            faults = await Naming.NameAsync(await Person.ScopeAsync(), actor, changes);
            return null;
        });
        (_said, _isRefused) = (prevented ?? "", prevented is not null);
        return prevented is null ? faults : null;
    }

    private void Tell(IReadOnlyList<PointFault> faults, int count)
    {
        foreach (var fault in faults)
        {
            _rows.Find(row => row.PointId == fault.PointId)?.Fault = fault.Why;
        }

        (_said, _isRefused) = faults.Count == 0
            ? (NamesText.Saved(count), false)
            : ($"{NamesText.NotSaved(faults.Count)} {AdministrationWords.Fault(faults)}", true);
    }

    private async Task AskToLeaveAsync(LocationChangingContext leaving)
    {
        if (Changed.Count > 0
            && await Dialogs.ShowMessageBoxAsync(
                NamesText.Leave, NamesText.LeaveHint(Changed.Count), NamesText.LeaveAnyway, cancelText: NamesText.Stay) is not true)
        {
            leaving.PreventNavigation();
        }
    }
}
