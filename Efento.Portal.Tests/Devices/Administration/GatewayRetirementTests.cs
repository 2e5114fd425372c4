using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class GatewayRetirementTests : AdministrationContext
{
    private const string Old = "282C00000001";
    private const string New = "282C00000002";

    private GatewayRetirement Retirement => Portal.Get<GatewayRetirement>();

    [Fact]
    public async Task RetireAsync_Gateway_IsHiddenButThereAndAudited()
    {
        await BeatAsync(Old);

        Assert.Equal(GatewayOutcome.Done, await RetireAsync());

        Assert.Empty(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        Assert.Empty(await Portal.Get<GatewayQuery>().ListNamesAsync(SiteScope.Everything));
        Assert.Equal(Old, Assert.Single(await Portal.Get<GatewayQuery>().ListRetiredAsync(SiteScope.Everything)).Serial);
        Assert.NotNull((await Portal.Get<GatewayQuery>().FindAsync(SiteScope.Everything, 1))!.Overview.RetiredUtc);
        Assert.Equal([$"anna@portal.test|gateway retired|gateway 1 {Old}|in use|retired|replaced"], Audited("gateway retired"));
    }

    [Fact]
    public async Task RetireAsync_OneOfTwo_GivesMeasurementsToTheOtherAtOnce()
    {
        await BeatAsync(Old);
        await BeatAsync(New);

        await RetireAsync();

        Assert.Equal(New, await OwnerAsync());
        Assert.Empty((await Portal.Get<GatewayQuery>().FindAsync(SiteScope.Everything, 2))!.Overview.SharesTokenWith);
    }

    [Fact]
    public async Task RetireAsync_OneOfTwo_HoldsAfterARestart()
    {
        await BeatAsync(Old);
        await BeatAsync(New);
        await RetireAsync();

        await Portal.RestartAsync();

        Assert.Equal(New, await OwnerAsync());
    }

    [Fact]
    public async Task RetireAsync_TheOnlyOne_LeavesMeasurementsToANewOneThatThenTellsItsSerial()
    {
        await BeatAsync(Old);
        await RetireAsync();

        Assert.Null(await OwnerAsync());
        await BeatAsync(New);

        Assert.Equal([$"{Old}|0", $"{New}|1"], Portal.Database.Lines(
            "SELECT g.serial, count(m.id) FROM gateway g LEFT JOIN message m ON m.gateway_id = g.id AND m.records > 0 GROUP BY g.id ORDER BY g.id"));
    }

    [Fact]
    public async Task Heartbeat_OfARetiredGateway_BringsItBack()
    {
        await BeatAsync(Old);
        await RetireAsync();

        await BeatAsync(Old);

        var gateway = Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        Assert.Equal((2, null), (gateway.Version, gateway.RetiredUtc));
        Assert.Equal(Old, await OwnerAsync());
        Assert.Contains(Portal.Log, line => line.Contains($"({Old}) was retired and sent a heartbeat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Heartbeat_WithoutSerialOfARetiredGatewayWithoutOne_BringsItBack()
    {
        await Portal.Client.BeatAsync("{}");
        await RetireAsync();

        await Portal.Client.BeatAsync("{}");

        Assert.Equal(1, Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).Id);
    }

    [Fact]
    public async Task Heartbeat_WithASerialAfterOneWithoutWasRetired_IsAnotherGateway()
    {
        await Portal.Client.BeatAsync("{}");
        await RetireAsync();

        await BeatAsync(New);

        Assert.Equal(
            (2, New),
            Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)) is var gateway
                ? (gateway.Id, gateway.Serial)
                : default);
    }

    [Fact]
    public async Task Heartbeat_ThatCouldNotBeStored_BringsNothingBack()
    {
        await BeatAsync(Old);
        await BeatAsync(New);
        await RetireAsync();
        Portal.Database.Execute("CREATE TRIGGER no_beat BEFORE INSERT ON heartbeat BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Portal.Client.BeatAsync(Some.Heartbeat(Old));

        Assert.Equal(Old, Assert.Single(await Portal.Get<GatewayQuery>().ListRetiredAsync(SiteScope.Everything)).Serial);
        Assert.Equal(New, await OwnerAsync());
    }

    [Fact]
    public async Task BringBackAsync_Gateway_IsInUseAndAudited()
    {
        await BeatAsync(Old);
        await RetireAsync();

        Assert.Equal(GatewayOutcome.Done, await Retirement.BringBackAsync(SiteScope.Everything, Anna, new Seen(1, 1)));

        Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        Assert.Equal([$"anna@portal.test|gateway brought back|gateway 1 {Old}|retired|in use|"], Audited("gateway brought back"));
    }

    [Fact]
    public async Task RetireAsync_CameBackMeanwhile_IsToldAndRetiresNothing()
    {
        await BeatAsync(Old);
        await RetireAsync();
        await BeatAsync(Old);

        Assert.Equal(GatewayOutcome.ChangedMeanwhile, await Retirement.RetireAsync(SiteScope.Everything, Anna, new Seen(1, 1), "again"));

        Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
    }

    [Fact]
    public async Task RetireAsync_AuditFails_KeepsItInUse()
    {
        await BeatAsync(Old);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(RetireAsync);

        Assert.Single(await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything));
        Assert.Equal(Old, await OwnerAsync());
    }

    [Fact]
    public async Task RetireAsync_BySomebodyLimited_IsGoneToThem()
    {
        await using var wards = await TwoWards.StartAsync();
        var gateway = Assert.Single(await wards.Portal.Get<GatewayQuery>().ListAsync(wards.Scope));

        Assert.Equal(
            GatewayOutcome.ChangedMeanwhile,
            await wards.Portal.Get<GatewayRetirement>().RetireAsync(wards.Scope, Anna, new Seen(gateway.Id, gateway.Version), "mine"));
    }

    [Fact]
    public async Task ListRetiredAsync_ForSomebodyLimited_TellsOnlyOfTheirs()
    {
        await using var wards = await TwoWards.StartAsync();
        foreach (var gateway in await wards.Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything))
        {
            await wards.Portal.Get<GatewayRetirement>().RetireAsync(
                SiteScope.Everything, Anna, new Seen(gateway.Id, gateway.Version), "old");
        }

        Assert.Equal(TwoWards.SeenGateway, Assert.Single(await wards.Portal.Get<GatewayQuery>().ListRetiredAsync(wards.Scope)).Serial);
        Assert.Empty(await wards.Portal.Get<GatewayQuery>().ListAsync(wards.Scope));
    }

    [Fact]
    public async Task RotatedToken_OfARetiredGatewayAndAnother_IsTheOthers()
    {
        await BeatAsync(Old);
        await BeatAsync(New);
        await RetireAsync();

        await Portal.Get<TokenIssuer>().RotateGatewayTokenAsync(Anna, 1, 0, Some.Now().AddDays(1));

        Assert.Equal(2, Portal.Database.Scalar<long>("SELECT gateway_id FROM gateway_token WHERE replaces_id = 1"));
    }

    [Fact]
    public async Task ReadApi_RetiredGateway_IsNotListed()
    {
        await BeatAsync(Old);
        await BeatAsync(New);
        await RetireAsync();

        var body = (await Portal.AskAsync("/api/v1/gateways")).Body;

        Assert.DoesNotContain(Old, body, StringComparison.Ordinal);
        Assert.Contains(New, body, StringComparison.Ordinal);
    }

    private async Task BeatAsync(string serial) => Assert.Equal(201, (await Portal.Client.BeatAsync(Some.Heartbeat(serial))).Status);

    private Task<GatewayOutcome> RetireAsync() => Retirement.RetireAsync(SiteScope.Everything, Anna, new Seen(1, 0), " replaced ");

    /// <summary>
    /// The serial of the gateway measurements belong to that come now and name none; null if it has none or there is none.
    /// </summary>
    private async Task<string?> OwnerAsync()
    {
        await MeasuredAsync(1);
        return Portal.Database.Lines(
            "SELECT g.serial FROM message m LEFT JOIN gateway g ON g.id = m.gateway_id WHERE m.records > 0 ORDER BY m.id").Last() is { Length: > 0 } serial
            ? serial
            : null;
    }
}
