using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class LoggerAdmissionTests : AdministrationContext
{
    protected override Dictionary<string, string> Settings => new() { ["Portal:Ingest:UnknownLoggers"] = "Hold" };

    private LoggerAdmission Admission => Portal.Get<LoggerAdmission>();

    [Fact]
    public async Task ApproveAsync_Held_IsShownAndY()
    {
        var serials = await MeasuredAsync(1);
        Assert.Empty(await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything));

        await Admission.ApproveAsync(Anna, [await SeeAsync(serials[0])]);

        Assert.Equal(serials, (await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything)).Select(l => l.Serial));
        Assert.Equal("""{"Y":[1],"N":[]}""", await AnswerAsync(serials));
        Assert.Equal([$"anna@portal.test|logger approved|logger {serials[0]}|held, Y|accepted, Y|"], Audited("logger approved"));
    }

    [Fact]
    public async Task RefuseAsync_Held_IsHiddenAndN_AlsoAfterARestart()
    {
        var serials = await MeasuredAsync(2);

        await Admission.RefuseAsync(Anna, [await SeeAsync(serials[0])], "not ours");

        Assert.Equal(
            [serials[1]], (await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything, includeHeld: true)).Select(l => l.Serial));
        Assert.Equal("""{"Y":[2],"N":[1]}""", await AnswerAsync(serials));
        await Portal.RestartAsync();
        Assert.Equal("""{"Y":[2],"N":[1]}""", await AnswerAsync(serials));
        Assert.Equal(LoggerApproval.Refused, (await FindAsync(serials[0])).Approval);
        Assert.Equal([$"anna@portal.test|logger refused|logger {serials[0]}|held, Y|refused, N|not ours"], Audited("logger refused"));
    }

    [Fact]
    public async Task ApproveAsync_Refused_IsShownAndYAgain()
    {
        var serials = await MeasuredAsync(1);
        await Admission.RefuseAsync(Anna, [await SeeAsync(serials[0])], "not ours");

        await Admission.ApproveAsync(Anna, [await SeeAsync(serials[0])], "it is ours");

        Assert.Equal("""{"Y":[1],"N":[]}""", await AnswerAsync(serials));
        Assert.True((await FindAsync(serials[0])).IsShown);
    }

    [Fact]
    public async Task RefuseAsync_ApprovedMeanwhile_LeavesItAloneAndNamesIt()
    {
        var serials = await MeasuredAsync(2);
        Seen[] seen = [await SeeAsync(serials[0]), await SeeAsync(serials[1])];
        await Admission.ApproveAsync(Anna, [seen[0]]);

        var outcome = await Admission.RefuseAsync(Anna, seen, "not ours");

        Assert.Equal([serials[0]], outcome.Meanwhile);
        Assert.Equal("""{"Y":[1],"N":[2]}""", await AnswerAsync(serials));
    }

    [Fact]
    public async Task RefuseAsync_AuditFails_LeavesRowAndMemoryAsTheyWere()
    {
        var serials = await MeasuredAsync(1);
        var seen = await SeeAsync(serials[0]);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => Admission.RefuseAsync(Anna, [seen], "not ours"));

        var logger = await FindAsync(serials[0]);
        Assert.Equal((LoggerApproval.Held, true, 0), (logger.Approval, logger.Synchronise, logger.Version));
        Assert.Equal("""{"Y":[1],"N":[]}""", await AnswerAsync(serials));
    }

    [Fact]
    public async Task ReadApi_RefusedLogger_IsReadableBySerialButNotListed()
    {
        var serials = await MeasuredAsync(1);
        await Admission.RefuseAsync(Anna, [await SeeAsync(serials[0])], "not ours");

        var readings = await Portal.AskAllAsync($"/api/v1/loggers/{serials[0]}/readings");

        Assert.Empty(await Portal.AskAllAsync("/api/v1/loggers?held=true"));
        Assert.Equal(21.5, Assert.Single(readings).GetProperty("value").GetDouble());
    }
}
