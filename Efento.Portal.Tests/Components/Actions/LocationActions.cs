using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Locations;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the locations lets people do.</summary>
internal static class LocationActions
{
    private static readonly Subject Ward = new("location", MakeAsync);
    private static readonly Subject Point = new("placed point", async portal =>
    {
        await MakeAsync(portal);
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Start)))).Status);
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<LocationDecisions>(nameof(LocationDecisions.CreateAsync), Subject.New(MakeAsync), async scene =>
        {
            var asked = await AskAsync(scene, LocationAction.Add);
            await scene.FillAsync("Name", "Room");
            return scene.Button("Save", asked);
        }),
        Of<LocationDecisions>(nameof(LocationDecisions.RenameAsync), Ward, async scene =>
        {
            var asked = await AskAsync(scene, LocationAction.Rename);
            await scene.FillAsync("Name", "Ward 3");
            return scene.Button("Save", asked);
        }),
        Of<LocationDecisions>(nameof(LocationDecisions.MoveAsync), Ward, async scene =>
        {
            var asked = await AskAsync(scene, LocationAction.Move);
            await scene.SetAsync<LocationSelect>(_ => true, select => select.ValueChanged.InvokeAsync(2));
            return scene.Button("Move", asked);
        }),
        Of<LocationDecisions>(
            nameof(LocationDecisions.DeleteAsync), Ward, async scene =>
                scene.Button("Delete", await AskAsync(scene, LocationAction.Delete))),
        Of<PointPlacement>(nameof(PointPlacement.PlaceAsync), Point, scene =>
        {
            var page = scene.Open<LocationsPage>("admin/locations");
            var groups = page.FindComponents<LocationGroup>().Select(g => g.Instance).ToList();
            var (unplaced, ward) = (groups[^1], groups[0]);
            var point = unplaced.Points[0];
            return Task.FromResult<Func<Task>>(() => page.InvokeAsync(async () =>
            {
                await unplaced.OnDragPoint.InvokeAsync(point);
                await ward.OnDrop.InvokeAsync(1);
            }));
        }),
    ];

    private static PageAction Of<T>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(LocationsPage), $"{typeof(T).Name}.{method}", subject, prepare);

    private static Task<Task> AskAsync(ActionScene scene, LocationAction action)
    {
        var group = scene.Open<LocationsPage>("admin/locations")
            .FindComponents<LocationGroup>()
            .First(g => g.Instance.Location?.Id == 1).Instance;
        return scene.AskAsync(() => group.OnAction.InvokeAsync((group.Location!, action)));
    }

    private static async Task MakeAsync(PortalUnderTest portal)
    {
        foreach (var name in (string[])["Ward", "Hospital"])
        {
            Assert.Equal(LocationOutcome.Done, await portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, name));
        }
    }
}
