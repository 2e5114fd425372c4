using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class GatewayNamingTests : AdministrationContext
{
    private const string Serial = "282C00000001";

    private GatewayNaming Naming => Portal.Get<GatewayNaming>();

    [Fact]
    public async Task RenameAsync_NameAndNote_AreTheGatewaysAndAudited()
    {
        await Portal.Client.BeatAsync(Some.Heartbeat(Serial));

        Assert.Equal(GatewayOutcome.Done, await RenameAsync(0, " Cellar ", " Ask the caretaker "));

        Assert.Equal(("Cellar", "Ask the caretaker", 1), await NamedAsync());
        Assert.Equal([$"anna@portal.test|gateway renamed|gateway 1 {Serial}|{Serial}|Cellar|"], Audited("gateway renamed"));
        Assert.Equal([$"anna@portal.test|gateway note changed|gateway 1 {Serial}||Ask the caretaker|"], Audited("gateway note changed"));
    }

    [Fact]
    public async Task RenameAsync_AsItIs_ChangesNothing()
    {
        await Portal.Client.BeatAsync(Some.Heartbeat(Serial));

        Assert.Equal(GatewayOutcome.Done, await RenameAsync(0, Serial, " "));

        Assert.Equal((Serial, null, 0), await NamedAsync());
        Assert.Empty(Audited("gateway renamed"));
    }

    [Fact]
    public async Task RenameAsync_RenamedMeanwhile_IsToldAndOverwritesNothing()
    {
        await Portal.Client.BeatAsync(Some.Heartbeat(Serial));
        await RenameAsync(0, "Cellar", null);

        Assert.Equal(GatewayOutcome.ChangedMeanwhile, await RenameAsync(0, "Attic", null));

        Assert.Equal("Cellar", (await NamedAsync()).Name);
    }

    [Theory]
    [InlineData(0, 0, GatewayOutcome.NameMissing)]
    [InlineData(101, 0, GatewayOutcome.TooLong)]
    [InlineData(5, 1001, GatewayOutcome.TooLong)]
    public async Task RenameAsync_NotAName_IsRefused(int name, int note, GatewayOutcome expected)
    {
        await Portal.Client.BeatAsync(Some.Heartbeat(Serial));

        Assert.Equal(expected, await RenameAsync(0, new string('x', name), new string('x', note)));

        Assert.Equal(Serial, (await NamedAsync()).Name);
    }

    [Fact]
    public async Task RenameAsync_NoSuchGateway_IsToldSo() =>
        Assert.Equal(GatewayOutcome.ChangedMeanwhile, await RenameAsync(0, "Cellar", null));

    [Fact]
    public async Task RenameAsync_AuditFails_KeepsTheName()
    {
        await Portal.Client.BeatAsync(Some.Heartbeat(Serial));
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => RenameAsync(0, "Cellar", null));

        Assert.Equal(Serial, (await NamedAsync()).Name);
    }

    [Fact]
    public async Task RenameAsync_BySomebodyLimited_IsGoneToThem()
    {
        await using var wards = await TwoWards.StartAsync();
        var gateway = Assert.Single(await wards.Portal.Get<GatewayQuery>().ListAsync(wards.Scope));

        Assert.Equal(
            GatewayOutcome.ChangedMeanwhile,
            await wards.Portal.Get<GatewayNaming>().RenameAsync(wards.Scope, Anna, new Seen(gateway.Id, gateway.Version), "Mine", null));
    }

    [Fact]
    public async Task Heartbeat_SerialOfAGatewayThatWasNamed_KeepsTheName()
    {
        await Portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        await RenameAsync(0, "Cellar", null);

        await Portal.Client.BeatAsync(Some.Heartbeat(Serial));

        var gateway = Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        Assert.Equal(("Cellar", Serial), (gateway.Name, gateway.Serial));
    }

    private Task<GatewayOutcome> RenameAsync(int version, string name, string? note) =>
        Naming.RenameAsync(SiteScope.Everything, Anna, new Seen(1, version), name, note);

    private async Task<(string Name, string? Note, int Version)> NamedAsync()
    {
        var gateway = Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        return (gateway.Name, gateway.Note, gateway.Version);
    }
}
