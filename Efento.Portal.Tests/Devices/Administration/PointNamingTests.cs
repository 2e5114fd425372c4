using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class PointNamingTests : AdministrationContext
{
    private PointNaming Naming => Portal.Get<PointNaming>();

    [Fact]
    public async Task RenameAsync_NameAndPlace_AreTheLoggersAndAudited()
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal(
            PointOutcome.Done,
            await Naming.RenameAsync(SiteScope.Everything, Anna, await SeePointAsync(serials[0]), " Fridge 3 ", " Pharmacy "));

        var logger = await FindAsync(serials[0]);
        Assert.Equal(("Fridge 3", "Pharmacy"), (logger.PointName, logger.Point!.Place));
        Assert.Equal(
            [$"anna@portal.test|measuring point renamed|measuring point 1 {serials[0]}|{serials[0]}|Fridge 3, Pharmacy|"],
            Audited("measuring point renamed"));
    }

    [Fact]
    public async Task RenameAsync_RenamedMeanwhile_IsToldAndOverwritesNothing()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeePointAsync(serials[0]);
        await Naming.RenameAsync(SiteScope.Everything, Anna, seen, "Fridge 3", null);

        Assert.Equal(PointOutcome.ChangedMeanwhile, await Naming.RenameAsync(SiteScope.Everything, Anna, seen, "Fridge 4", null));

        Assert.Equal("Fridge 3", (await FindAsync(serials[0])).PointName);
        Assert.Single(Audited("measuring point renamed"));
    }

    [Theory]
    [InlineData(" ", null, PointOutcome.NameMissing)]
    [InlineData(101, null, PointOutcome.TooLong)]
    [InlineData("Fridge", 101, PointOutcome.TooLong)]
    public async Task RenameAsync_NotAName_IsRefused(object name, object? place, PointOutcome expected)
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal(
            expected, await Naming.RenameAsync(SiteScope.Everything, Anna, await SeePointAsync(serials[0]), Text(name)!, Text(place)));

        Assert.Equal(serials[0], (await FindAsync(serials[0])).PointName);
    }

    [Fact]
    public async Task RenameAsync_AuditFails_KeepsTheName()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeePointAsync(serials[0]);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => Naming.RenameAsync(SiteScope.Everything, Anna, seen, "Fridge 3", null));

        Assert.Equal(serials[0], (await FindAsync(serials[0])).PointName);
    }

    [Fact]
    public async Task NameAsync_Several_AreNamedPlacedAndAudited()
    {
        var serials = await MeasuredAsync(2);
        var ward = await MakeAsync("Ward");

        Assert.Empty(await NameAsync(
            new PointChange(await SeePointAsync(serials[0]), new PointLabel(" Fridge 3 ", ward, " shelf 2 ")),
            new PointChange(await SeePointAsync(serials[1]), new PointLabel("Fridge 4", null, " "))));

        Assert.Equal(new PointLabel("Fridge 3", ward, "shelf 2"), await LabelAsync(serials[0]));
        Assert.Equal(new PointLabel("Fridge 4", null, null), await LabelAsync(serials[1]));
        Assert.Equal(
            [
                $"anna@portal.test|measuring point renamed|measuring point 1 {serials[0]}|{serials[0]}|Fridge 3, shelf 2|",
                $"anna@portal.test|measuring point renamed|measuring point 2 {serials[1]}|{serials[1]}|Fridge 4|",
            ],
            Audited("measuring point renamed"));
        Assert.Equal(
            ["anna@portal.test|measuring point placed|measuring point 1 Fridge 3||Ward|"], Audited("measuring point placed"));
    }

    [Fact]
    public async Task NameAsync_OneChangedMeanwhile_ChangesNoneAndNamesIt()
    {
        var serials = await MeasuredAsync(2);
        var (first, second) = (await SeePointAsync(serials[0]), await SeePointAsync(serials[1]));
        await Naming.RenameAsync(SiteScope.Everything, Anna, second, "Theirs", null);

        var faults = await NameAsync(
            new PointChange(first, new PointLabel("Mine 1", null, null)), new PointChange(second, new PointLabel("Mine 2", null, null)));

        Assert.Equal([new PointFault(second.Id, PointOutcome.ChangedMeanwhile)], faults);
        Assert.Equal([serials[0], "Theirs"], [(await FindAsync(serials[0])).PointName, (await FindAsync(serials[1])).PointName]);
        Assert.Single(Audited("measuring point renamed"));
    }

    [Theory]
    [InlineData(" ", null, PointOutcome.NameMissing)]
    [InlineData(101, null, PointOutcome.TooLong)]
    [InlineData("Fridge", 101, PointOutcome.TooLong)]
    [InlineData("Two\nlines", null, PointOutcome.NotOneLine)]
    [InlineData("Fridge", "a\tb", PointOutcome.NotOneLine)]
    public async Task NameAsync_NotALabel_ChangesNone(object name, object? remark, PointOutcome expected)
    {
        var serials = await MeasuredAsync(2);

        var faults = await NameAsync(
            new PointChange(await SeePointAsync(serials[0]), new PointLabel("Fridge 1", null, null)),
            new PointChange(await SeePointAsync(serials[1]), new PointLabel(Text(name)!, null, Text(remark))));

        Assert.Equal([expected], faults.Select(f => f.Why));
        Assert.Equal(serials[0], (await FindAsync(serials[0])).PointName);
    }

    [Fact]
    public async Task NameAsync_LocationThatIsGone_IsRefused()
    {
        var serials = await MeasuredAsync(1);

        var faults = await NameAsync(new PointChange(await SeePointAsync(serials[0]), new PointLabel("Fridge", 99, null)));

        Assert.Equal([PointOutcome.NoSuchLocation], faults.Select(f => f.Why));
        Assert.Equal(serials[0], (await FindAsync(serials[0])).PointName);
    }

    [Fact]
    public async Task NameAsync_NothingNew_WritesNoEntry()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeePointAsync(serials[0]);

        Assert.Empty(await NameAsync(new PointChange(seen, new PointLabel(serials[0], null, null))));

        Assert.Equal(seen, await SeePointAsync(serials[0]));
        Assert.Empty(Audited("measuring point renamed"));
    }

    [Fact]
    public async Task NameAsync_AuditFails_ChangesNone()
    {
        var serials = await MeasuredAsync(2);
        PointChange[] changes =
        [
            new(await SeePointAsync(serials[0]), new PointLabel("Fridge 1", null, null)),
            new(await SeePointAsync(serials[1]), new PointLabel("Fridge 2", null, null)),
        ];
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => NameAsync(changes));

        Assert.Equal([serials[0], serials[1]], [(await FindAsync(serials[0])).PointName, (await FindAsync(serials[1])).PointName]);
    }

    private Task<IReadOnlyList<PointFault>> NameAsync(params PointChange[] changes) =>
        Naming.NameAsync(SiteScope.Everything, Anna, changes);

    private async Task<PointLabel> LabelAsync(string serial) => PointLabel.Of((await FindAsync(serial)).Point!);

    private async Task<int> MakeAsync(string name)
    {
        Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Anna, null, name));
        return Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == name).Id;
    }

    private static string? Text(object? text) => text is int length ? new string('x', length) : (string?)text;
}
