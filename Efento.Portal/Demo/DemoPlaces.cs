using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Demo;

/// <summary>Puts the demo's points into their locations, and makes missing locations.</summary>
internal sealed class DemoPlaces(LocationDecisions locations, LocationDirectory directory, PointPlacement placement)
{
    /// <summary>Puts a point into a location, given as a path: the name of the site, of a location in it, and so on.</summary>
    /// <returns>The point as it is now.</returns>
    public async Task<Seen> PlaceAsync(Seen point, IReadOnlyList<string> location, CancellationToken stopping)
    {
        var outcome = await placement.PlaceAsync(DemoStaff.Actor, [point], await FindOrMakeAsync(location, stopping), stopping);
        DemoStaff.Check(outcome.Changed.Count == 1, $"place a point in {string.Join(", ", location)}");
        return outcome.Changed[0];
    }

    private async Task<int?> FindOrMakeAsync(IReadOnlyList<string> path, CancellationToken stopping)
    {
        int? at = null;
        foreach (var name in path)
        {
            if (Find(at, name) is null)
            {
                DemoStaff.Check(await locations.CreateAsync(DemoStaff.Actor, at, name, stopping) is LocationOutcome.Done, $"make {name}");
            }

            at = Find(at, name);
        }

        return at;
    }

    private int? Find(int? parent, string name) => directory.Tree.All.FirstOrDefault(l => l.ParentId == parent && l.Name == name)?.Id;
}
