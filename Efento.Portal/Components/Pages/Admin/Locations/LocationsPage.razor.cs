using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Locations;

/// <summary>The tree of locations with their measuring points. Administrators arrange it by dragging or by selecting.</summary>
public sealed partial class LocationsPage
{
    private readonly HashSet<int> _chosen = [];
    [HandedOver]
    private IReadOnlyList<LocationEntry> _tree = [];
    [HandedOver]
    private IReadOnlyList<PlacedPoint>? _points;
    [HandedOver]
    private bool _mayChange;
    private PlacedPoint? _draggedPoint;
    private LocationEntry? _draggedLocation;

    [Inject]
    private LocationDirectory Locations { get; set; } = null!;

    [Inject]
    private PlacedPoints Points { get; set; } = null!;

    [Inject]
    private LocationDecisions Decisions { get; set; } = null!;

    [Inject]
    private PointPlacement Placement { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private IReadOnlyList<PlacedPoint> Unplaced => [.. _points!.Where(p => p.LocationId is null)];

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Inventory));
        _mayChange = await Person.MayAsync(Policies.Administer);
        _points = await Points.ListAsync();
        _tree = Locations.Tree.All;
        _chosen.IntersectWith(_points.Select(p => p.Id));
    }

    private void Choose(int point)
    {
        if (!_chosen.Remove(point))
        {
            _chosen.Add(point);
        }
    }

    private Task ActAsync((LocationEntry Location, LocationAction Action) what) => what.Action switch
    {
        LocationAction.Add => AddAsync(what.Location),
        LocationAction.Rename => RenameAsync(what.Location),
        LocationAction.Move => MoveAsync(what.Location),
        LocationAction.Up => ShiftAsync(what.Location, -1),
        LocationAction.Down => ShiftAsync(what.Location, +2),
        _ => DeleteAsync(what.Location),
    };

    private async Task AddAsync(LocationEntry? parent)
    {
        if (
            await Dialogs.AskAsync<LocationNameDialog,
            string>(LocationsText.Add, new() { [nameof(LocationNameDialog.Within)] = parent?.Path }) is { } name)
        {
            await ChangeAsync(actor => Decisions.CreateAsync(actor, parent?.Id, name));
        }
    }

    private async Task RenameAsync(LocationEntry location)
    {
        if (
            await Dialogs.AskAsync<LocationNameDialog,
            string>(LocationsText.Rename, new() { [nameof(LocationNameDialog.Name)] = location.Name }) is { } name)
        {
            await ChangeAsync(actor => Decisions.RenameAsync(actor, SeenAs(location), name));
        }
    }

    private async Task MoveAsync(LocationEntry location)
    {
        var targets = _tree.Where(l => !Locations.Tree.IsWithin(l.Id, [location.Id])).ToList();
        if (await PickAsync(LocationsText.MoveWhat(location.Path), LocationsText.Top, location.ParentId, targets) is { } picked)
        {
            await ChangeAsync(actor => Decisions.MoveAsync(actor, SeenAs(location), picked.Location));
        }
    }

    /// <summary>Moves a location by so many places among its neighbours.</summary>
    private Task ShiftAsync(LocationEntry location, int by)
    {
        List<LocationEntry> neighbours = [.. _tree.Where(l => l.ParentId == location.ParentId)];
        var at = neighbours.FindIndex(l => l.Id == location.Id) + by;
        return at < 0
            ? Task.CompletedTask
            : ChangeAsync(actor => Decisions.MoveAsync(actor, SeenAs(location), location.ParentId, neighbours.ElementAtOrDefault(at)?.Id));
    }

    private async Task DeleteAsync(LocationEntry location)
    {
        if (
            await Dialogs.ShowMessageBoxAsync(
                LocationsText.DeleteThis, LocationsText.DeleteHint(location.Path), LocationsText.Delete,
                cancelText: LocationsText.Cancel) is true)
        {
            await ChangeAsync(actor => Decisions.DeleteAsync(actor, SeenAs(location)));
        }
    }

    private async Task PlaceChosenAsync()
    {
        var points = _points!.Where(p => _chosen.Contains(p.Id)).ToList();
        if (await PickAsync(LocationsText.PlaceWhat(points.Count), LocationsText.InNone, points[0].LocationId, _tree) is { } picked)
        {
            await PlaceAsync(points, picked.Location);
        }
    }

    private async Task DropAsync(int? target)
    {
        var (point, location) = (_draggedPoint, _draggedLocation);
        (_draggedPoint, _draggedLocation) = (null, null);
        if (point is not null && point.LocationId != target)
        {
            // A selected point takes the other selected ones along.
            await PlaceAsync(_chosen.Contains(point.Id) ? [.. _points!.Where(p => _chosen.Contains(p.Id))] : [point], target);
        }
        else if (location is not null && location.Id != target && location.ParentId != target)
        {
            await ChangeAsync(actor => Decisions.MoveAsync(actor, SeenAs(location), target));
        }
    }

    private Task PlaceAsync(IReadOnlyList<PlacedPoint> points, int? target) => DoAsync(async actor =>
    {
        var outcome = await Placement.PlaceAsync(actor, [.. points.Select(p => new Seen(p.Id, p.Version))], target);
        _chosen.Clear();
        return (LocationWords.Placed(outcome, Locations.Tree.Find(target)?.Path), outcome.Meanwhile.Count > 0);
    });

    private Task ChangeAsync(Func<Actor, Task<LocationOutcome>> change) => DoAsync(async actor =>
        LocationWords.Fault(await change(actor)) is { } fault ? (fault, true) : (LocationsText.Saved, false));

    /// <summary>Runs an action as the user, shows its result, and loads the page again.</summary>
    private async Task DoAsync(Func<Actor, Task<(string Words, bool IsFault)>> action)
    {
        var (said, isRefused) = ("", true);
        var prevented = await Person.TryAsync(Policies.Administer, async actor =>
        {
            (said, isRefused) = await action(actor);
            return null;
        });
        Snackbar.Add(prevented ?? said, isRefused ? Severity.Error : Severity.Success);
        await ReloadAsync();
    }

    private Task<LocationPickDialog.Picked?> PickAsync(string text, string none, int? now, IReadOnlyList<LocationEntry> locations) =>
        Dialogs.AskAsync<LocationPickDialog, LocationPickDialog.Picked>(
        LocationsText.IntoWhich,
        new()
        {
            [nameof(LocationPickDialog.Text)] = text,
            [nameof(LocationPickDialog.None)] = none,
            [nameof(LocationPickDialog.Now)] = now,
            [nameof(LocationPickDialog.Locations)] = locations,
        });

    private static Seen SeenAs(LocationEntry location) => new(location.Id, location.Version);
}
