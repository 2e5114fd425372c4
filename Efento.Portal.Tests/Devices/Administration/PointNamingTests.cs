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

        Assert.Equal(PointOutcome.Done, await Naming.RenameAsync(SiteScope.Everything, Anna, await SeePointAsync(serials[0]), " Fridge 3 ", " Pharmacy "));

        var logger = await FindAsync(serials[0]);
        Assert.Equal(("Fridge 3", "Pharmacy"), (logger.PointName, logger.Point!.Place));
        Assert.Equal([$"anna@portal.test|measuring point renamed|measuring point 1 {serials[0]}|{serials[0]}|Fridge 3, Pharmacy|"], Audited("measuring point renamed"));
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

        Assert.Equal(expected, await Naming.RenameAsync(SiteScope.Everything, Anna, await SeePointAsync(serials[0]), Text(name)!, Text(place)));

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

    private static string? Text(object? text) => text is int length ? new string('x', length) : (string?)text;
}
