using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class RetirementTests : AdministrationContext
{
    private Retirement Retirement => Portal.Get<Retirement>();

    [Fact]
    public async Task RetireAsync_Logger_IsHiddenButStoredAndStillY()
    {
        var serials = await MeasuredAsync(1);

        await Retirement.RetireAsync(Anna, [await SeeAsync(serials[0])], "broken");

        Assert.Empty(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything, includeHeld: true));
        Assert.Equal("""{"Y":[1],"N":[]}""", await AnswerAsync(serials));
        Assert.Equal([$"anna@portal.test|logger retired|logger {serials[0]}|in use|retired|broken"], Audited("logger retired"));
    }

    [Fact]
    public async Task BringBackAsync_RetiredLogger_IsShownAgain()
    {
        var serials = await MeasuredAsync(1);
        await Retirement.RetireAsync(Anna, [await SeeAsync(serials[0])], "broken");

        await Retirement.BringBackAsync(Anna, [await SeeAsync(serials[0])], "mended");

        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything));
        Assert.Single(Audited("logger brought back"));
    }

    [Fact]
    public async Task RetirePointAsync_Point_HidesItsLogger()
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal(PointOutcome.Done, await Retirement.RetirePointAsync(Anna, await SeePointAsync(serials[0]), "room closed"));

        Assert.Empty(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything));
        Assert.Single(Audited("measuring point retired"));

        await Retirement.BringPointBackAsync(Anna, await SeePointAsync(serials[0]));
        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything));
    }

    [Fact]
    public async Task RetireAsync_ChangedMeanwhile_LeavesItInUse()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeeAsync(serials[0]);
        await SetAsync(false, serials);

        var outcome = await Retirement.RetireAsync(Anna, [seen], "broken");

        Assert.Equal(serials, outcome.Meanwhile);
        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything));
    }

    [Fact]
    public async Task RetireWithPointAsync_Both_AreHiddenAndAuditedAndComeBackTogether()
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal(PointOutcome.Done, await RetireWithPointAsync(serials[0]));

        var logger = await FindAsync(serials[0]);
        Assert.True(logger is { IsRetired: true, Point.RetiredUtc: not null });
        Assert.Equal([$"anna@portal.test|logger retired|logger {serials[0]}|in use|retired|room closed"], Audited("logger retired"));
        Assert.Equal(
            [$"anna@portal.test|measuring point retired|measuring point 1 {serials[0]}|in use|retired|room closed"],
            Audited("measuring point retired"));

        Assert.Equal(
            PointOutcome.Done, await Retirement.BringBackWithPointAsync(Anna, await SeeAsync(serials[0]), await SeePointAsync(serials[0])));
        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything));
        Assert.Equal((1, 1), (Audited("logger brought back").Count, Audited("measuring point brought back").Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetireWithPointAsync_EitherChangedMeanwhile_ChangesNeither(bool isPoint)
    {
        var serials = await MeasuredAsync(1);
        var (logger, point) = (await SeeAsync(serials[0]), await SeePointAsync(serials[0]));
        if (isPoint)
        {
            await Portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Anna, point, "Fridge 3", null);
        }
        else
        {
            await SetAsync(false, serials);
        }

        Assert.Equal(PointOutcome.ChangedMeanwhile, await Retirement.RetireWithPointAsync(Anna, logger, point, "room closed"));

        await AssertInUseAsync(serials[0]);
    }

    [Theory]
    [InlineData("UPDATE ON logger")]
    [InlineData("UPDATE ON measuring_point")]
    [InlineData("INSERT ON audit_entry")]
    [InlineData("INSERT ON audit_entry WHEN NEW.action = 'measuring point retired'")]
    public async Task RetireWithPointAsync_AnyPartFails_ChangesNeitherAndAuditsNothing(string breaking)
    {
        var serials = await MeasuredAsync(1);
        var (before, after) = breaking.Split(" WHEN ") is [var part, var condition] ? (part, $"WHEN {condition}") : (breaking, "");
        Portal.Database.Execute($"CREATE TRIGGER breaks BEFORE {before} {after} BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAsync<DbUpdateException>(() => RetireWithPointAsync(serials[0]));

        await AssertInUseAsync(serials[0]);
    }

    private async Task<PointOutcome> RetireWithPointAsync(string serial) =>
        await Retirement.RetireWithPointAsync(Anna, await SeeAsync(serial), await SeePointAsync(serial), "room closed");

    private async Task AssertInUseAsync(string serial)
    {
        Assert.Equal(["|"], Portal.Database.Lines("SELECT l.retired_utc, p.retired_utc FROM logger l, measuring_point p"));
        Assert.True(await FindAsync(serial) is { IsRetired: false, IsShown: true });
        Assert.Empty(Audited("logger retired").Concat(Audited("measuring point retired")));
    }
}
