using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class LocationDecisionsTests : AdministrationContext
{
    private LocationDecisions Decisions => Portal.Get<LocationDecisions>();

    private LocationTree Tree => Portal.Get<LocationDirectory>().Tree;

    private IEnumerable<string> Paths => Tree.All.Select(l => l.Path);

    [Fact]
    public async Task CreateAsync_NamesInOneAnother_AreATreeAndAudited()
    {
        await MakeAsync("Hospital", "Hospital › Pharmacy", "Hospital › Ward 3", "Depot");

        Assert.Equal(["Hospital", "Hospital › Pharmacy", "Hospital › Ward 3", "Depot"], Paths);
        Assert.Equal("anna@portal.test|location made|Hospital › Pharmacy|||", Audited("location made")[1]);
    }

    [Fact]
    public async Task CreateAsync_AuditFails_MakesNothing()
    {
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => Decisions.CreateAsync(Anna, null, "Hospital"));

        Assert.Empty(Portal.Database.Lines("SELECT name FROM location"));
    }

    [Theory]
    [InlineData(" ", LocationOutcome.NameMissing)]
    [InlineData("hospital ", LocationOutcome.NameTaken)]
    public async Task CreateAsync_NotAName_IsRefused(string name, LocationOutcome expected)
    {
        await MakeAsync("Hospital");

        Assert.Equal(expected, await Decisions.CreateAsync(Anna, null, name));
        Assert.Single(Paths);
    }

    [Fact]
    public async Task CreateAsync_NameTooLong_IsRefused() =>
        Assert.Equal(LocationOutcome.TooLong, await Decisions.CreateAsync(Anna, null, new string('x', Location.MostLetters + 1)));

    [Fact]
    public async Task CreateAsync_InALocationThatIsGone_IsTold() =>
        Assert.Equal(LocationOutcome.ChangedMeanwhile, await Decisions.CreateAsync(Anna, 7, "Room"));

    [Fact]
    public async Task CreateAsync_NinthLevel_IsTooDeep()
    {
        int? parent = null;
        for (var level = 1; level <= Location.MostLevels; level++)
        {
            Assert.Equal(LocationOutcome.Done, await Decisions.CreateAsync(Anna, parent, $"Level {level}"));
            parent = Tree.All[^1].Id;
        }

        Assert.Equal(LocationOutcome.TooDeep, await Decisions.CreateAsync(Anna, parent, "Level 9"));
    }

    [Fact]
    public async Task RenameAsync_RenamedMeanwhile_IsToldAndOverwritesNothing()
    {
        await MakeAsync("Hospital");
        var seen = SeeLocation("Hospital");
        await Decisions.RenameAsync(Anna, seen, "Clinic");

        Assert.Equal(LocationOutcome.ChangedMeanwhile, await Decisions.RenameAsync(Anna, seen, "Depot"));

        Assert.Equal(["Clinic"], Paths);
        Assert.Equal(["anna@portal.test|location renamed|location 1 Hospital|Hospital|Clinic|"], Audited("location renamed"));
    }

    [Fact]
    public async Task MoveAsync_IntoAnother_TakesAlongWhatLiesInIt()
    {
        await MakeAsync("Hospital", "Ward", "Ward › Room");

        await Decisions.MoveAsync(Anna, SeeLocation("Ward"), SeeLocation("Hospital").Id);

        Assert.Equal(["Hospital", "Hospital › Ward", "Hospital › Ward › Room"], Paths);
        Assert.Equal(["anna@portal.test|location moved|location 2 Ward|Ward|Hospital › Ward|"], Audited("location moved"));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("A › B")]
    [InlineData("A › B › C")]
    public async Task MoveAsync_IntoItselfOrBelow_IsRefused(string target)
    {
        await MakeAsync("A", "A › B", "A › B › C");

        Assert.Equal(LocationOutcome.InItself, await Decisions.MoveAsync(Anna, SeeLocation("A"), SeeLocation(target).Id));
        Assert.Equal(["A", "A › B", "A › B › C"], Paths);
    }

    [Fact]
    public async Task MoveAsync_BranchTooDeepThere_IsRefused()
    {
        await MakeAsync(
            "1", "1 › 2", "1 › 2 › 3", "1 › 2 › 3 › 4", "1 › 2 › 3 › 4 › 5", "1 › 2 › 3 › 4 › 5 › 6", "1 › 2 › 3 › 4 › 5 › 6 › 7", "A",
            "A › B");

        Assert.Equal(
            LocationOutcome.TooDeep, await Decisions.MoveAsync(Anna, SeeLocation("A"), SeeLocation("1 › 2 › 3 › 4 › 5 › 6 › 7").Id));
    }

    [Fact]
    public async Task MoveAsync_NameTakenThere_IsRefused()
    {
        await MakeAsync("A", "A › Room", "Room");

        Assert.Equal(LocationOutcome.NameTaken, await Decisions.MoveAsync(Anna, SeeLocation("Room"), SeeLocation("A").Id));
    }

    [Fact]
    public async Task MoveAsync_BeforeANeighbour_ChangesTheOrder()
    {
        await MakeAsync("A", "B", "C");

        await Decisions.MoveAsync(Anna, SeeLocation("C"), null, SeeLocation("A").Id);

        Assert.Equal(["C", "A", "B"], Paths);
    }

    [Fact]
    public async Task DeleteAsync_SomethingLiesInIt_IsRefused()
    {
        await MakeAsync("A", "A › B");
        var serials = await MeasuredAsync(1);
        await Portal.Get<PointPlacement>().PlaceAsync(Anna, [await SeePointAsync(serials[0])], SeeLocation("A › B").Id);

        Assert.Equal(LocationOutcome.NotEmpty, await Decisions.DeleteAsync(Anna, SeeLocation("A")));
        Assert.Equal(LocationOutcome.NotEmpty, await Decisions.DeleteAsync(Anna, SeeLocation("A › B")));
    }

    [Fact]
    public async Task DeleteAsync_SomebodyIsLimitedToIt_IsRefused()
    {
        await MakeAsync("A");
        await Portal.Get<Invitations>().InviteAsync(Anna, "nurse@portal.test", Role.Viewer, new LocationLimit([SeeLocation("A").Id]));

        Assert.Equal(LocationOutcome.LimitsSomebody, await Decisions.DeleteAsync(Anna, SeeLocation("A")));
    }

    [Fact]
    public async Task DeleteAsync_Empty_IsGoneAndAudited()
    {
        await MakeAsync("A");

        Assert.Equal(LocationOutcome.Done, await Decisions.DeleteAsync(Anna, SeeLocation("A")));

        Assert.Empty(Paths);
        Assert.Equal(["anna@portal.test|location deleted|location 1 A|||"], Audited("location deleted"));
    }

    [Fact]
    public async Task Change_Made_TellsThePages()
    {
        var told = new TaskCompletionSource();
        using var subscription = Portal.Get<LiveFeed>().Subscribe([new LiveKey(LiveTopic.Inventory)], TimeSpan.Zero, () =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });

        await MakeAsync("A");

        await told.Task.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tree_AfterARestart_IsTheSame()
    {
        await MakeAsync("A", "A › B");

        await Portal.RestartAsync();

        Assert.Equal(["A", "A › B"], Paths);
    }

    /// <summary>Makes locations, each after those it lies in.</summary>
    private async Task MakeAsync(params string[] paths)
    {
        foreach (var path in paths)
        {
            var at = path.LastIndexOf(" › ", StringComparison.Ordinal);
            int? parent = at < 0 ? null : SeeLocation(path[..at]).Id;
            Assert.Equal(LocationOutcome.Done, await Decisions.CreateAsync(Anna, parent, at < 0 ? path : path[(at + 3)..]));
        }
    }

    private Seen SeeLocation(string path) =>
        Tree.All.Single(l => l.Path == path) is var location ? new Seen(location.Id, location.Version) : default;
}
