using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class RetirementTests : AdministrationContext
{
    private Retirement Retirement => Portal.Get<Retirement>();

    [Fact]
    public async Task RetireAsync_Logger_IsHiddenButStoredAndStillY()
    {
        var serials = await MeasuredAsync(1);

        await Retirement.RetireAsync(Anna, [await SeeAsync(serials[0])], "broken");

        Assert.Empty(await Portal.Get<LoggerQuery>().ListAsync(includeHeld: true));
        Assert.Equal("""{"Y":[1],"N":[]}""", await AnswerAsync(serials));
        Assert.Equal([$"anna@portal.test|logger retired|logger {serials[0]}|in use|retired|broken"], Audited("logger retired"));
    }

    [Fact]
    public async Task BringBackAsync_RetiredLogger_IsShownAgain()
    {
        var serials = await MeasuredAsync(1);
        await Retirement.RetireAsync(Anna, [await SeeAsync(serials[0])], "broken");

        await Retirement.BringBackAsync(Anna, [await SeeAsync(serials[0])], "mended");

        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync());
        Assert.Single(Audited("logger brought back"));
    }

    [Fact]
    public async Task RetirePointAsync_Point_HidesItsLogger()
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal(PointOutcome.Done, await Retirement.RetirePointAsync(Anna, await SeePointAsync(serials[0]), "room closed"));

        Assert.Empty(await Portal.Get<LoggerQuery>().ListAsync());
        Assert.Single(Audited("measuring point retired"));

        await Retirement.BringPointBackAsync(Anna, await SeePointAsync(serials[0]));
        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync());
    }

    [Fact]
    public async Task RetireAsync_ChangedMeanwhile_LeavesItInUse()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeeAsync(serials[0]);
        await SetAsync(false, serials);

        var outcome = await Retirement.RetireAsync(Anna, [seen], "broken");

        Assert.Equal(serials, outcome.Meanwhile);
        Assert.Single(await Portal.Get<LoggerQuery>().ListAsync());
    }
}
