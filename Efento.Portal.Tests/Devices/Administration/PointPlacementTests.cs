using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class PointPlacementTests : AdministrationContext
{
    private PointPlacement Placement => Portal.Get<PointPlacement>();

    [Fact]
    public async Task PlaceAsync_SeveralPoints_LieThereAndAreAudited()
    {
        var serials = await MeasuredAsync(2);
        var ward = await MakeAsync("Ward");

        var outcome = await Placement.PlaceAsync(Anna, [await SeePointAsync(serials[0]), await SeePointAsync(serials[1])], ward);

        Assert.Equal((2, 0), (outcome.Changed.Count, outcome.Meanwhile.Count));
        Assert.Equal(
            ["Ward", "Ward"], [(await FindAsync(serials[0])).Point!.Location!.Path, (await FindAsync(serials[1])).Point!.Location!.Path]);
        Assert.Contains(
            $"anna@portal.test|measuring point placed|measuring point 1 {serials[0]}||Ward|", Audited("measuring point placed"));
    }

    [Fact]
    public async Task PlaceAsync_ChangedMeanwhile_IsLeftAloneAndNamed()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeePointAsync(serials[0]);
        var (ward, depot) = (await MakeAsync("Ward"), await MakeAsync("Depot"));
        await Placement.PlaceAsync(Anna, [seen], ward);

        var outcome = await Placement.PlaceAsync(Anna, [seen], depot);

        Assert.Equal([serials[0]], outcome.Meanwhile);
        Assert.Equal("Ward", (await FindAsync(serials[0])).Point!.Location!.Path);
    }

    [Fact]
    public async Task PlaceAsync_LocationGone_ChangesNothing()
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal([serials[0]], (await Placement.PlaceAsync(Anna, [await SeePointAsync(serials[0])], 7)).Meanwhile);
    }

    [Fact]
    public async Task PlaceAsync_Nowhere_TakesItOut()
    {
        var serials = await MeasuredAsync(1);
        await Placement.PlaceAsync(Anna, [await SeePointAsync(serials[0])], await MakeAsync("Ward"));

        await Placement.PlaceAsync(Anna, [await SeePointAsync(serials[0])], null);

        Assert.Null((await FindAsync(serials[0])).Point!.Location);
    }

    [Fact]
    public async Task ListAsync_Points_TellWhereTheyAre()
    {
        var serials = await MeasuredAsync(1);
        var ward = await MakeAsync("Ward");
        await Placement.PlaceAsync(Anna, [await SeePointAsync(serials[0])], ward);

        var point = Assert.Single(await Portal.Get<PlacedPoints>().ListAsync());

        Assert.Equal((serials[0], serials[0], ward), (point.Name, point.Serial, point.LocationId));
    }

    private async Task<int> MakeAsync(string name)
    {
        Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Anna, null, name));
        return Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == name).Id;
    }
}
