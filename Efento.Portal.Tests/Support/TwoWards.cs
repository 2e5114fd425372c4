using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// A portal with two wards of a hospital, a gateway and a logger in each, and a third logger nobody placed; and somebody who is limited to
/// the first ward. What they may not see has "hidden" in its name.
/// </summary>
public sealed class TwoWards : IAsyncDisposable
{
    /// <summary>The viewer limited to the first ward.</summary>
    public const string Email = "nurse@portal.test";

    /// <summary>The serial of the first ward's gateway.</summary>
    public const string SeenGateway = "282C00000001";

    /// <summary>The serial of the other ward's gateway.</summary>
    public const string HiddenGateway = "282C00000002";

    /// <summary>The portal.</summary>
    public required PortalUnderTest Portal { get; init; }

    /// <summary>The logger in the first ward.</summary>
    public string Seen { get; } = Some.Serial();

    /// <summary>The logger in the other ward.</summary>
    public string Hidden { get; } = Some.Serial();

    /// <summary>The logger in no location.</summary>
    public string Unplaced { get; } = Some.Serial();

    /// <summary>The API token limited to the first ward.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The first ward.</summary>
    public int Ward => LocationOf("Ward 1");

    /// <summary>The other ward.</summary>
    public int OtherWard => LocationOf("Ward 2 hidden");

    /// <summary>What a limit to the first ward shows.</summary>
    public SiteScope Scope => SiteScope.Of(new LocationLimit([Ward]), Portal.Get<LocationDirectory>());

    /// <summary>Starts it.</summary>
    public static async Task<TwoWards> StartAsync(PortalStart? start = null)
    {
        var wards = new TwoWards { Portal = await PortalUnderTest.StartAsync(start) };
        await wards.MeasureAsync(SeenGateway, wards.Seen);
        await wards.MeasureAsync(HiddenGateway, wards.Hidden);
        await wards.Portal.Client.MeasureAsync(Some.Body(Some.Record(wards.Unplaced, Some.Now())));
        var locations = wards.Portal.Get<LocationDecisions>();
        await locations.CreateAsync(Actor.Command, null, "Hospital");
        await locations.CreateAsync(Actor.Command, wards.LocationOf("Hospital"), "Ward 1");
        await locations.CreateAsync(Actor.Command, wards.LocationOf("Hospital"), "Ward 2 hidden");
        await wards.PlaceAsync(wards.Seen, wards.Ward, "Fridge seen");
        await wards.PlaceAsync(wards.Hidden, wards.OtherWard, "Fridge hidden");
        await wards.PlaceAsync(wards.Unplaced, null, "Cellar hidden");
        var issued = await wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync(
            Actor.Command, new ApiTokenDraft { Name = "ward", Scopes = [ApiScopes.AllReads], Limit = new LocationLimit([wards.Ward]) });
        wards.Token = issued.Issued!.Text!;
        Assert.Empty(await wards.Portal.Get<UserAccounts>().AddAsync(Actor.Portal, Email, PortalUnderTest.AdminPassword, Role.Viewer));
        Assert.Equal(UserChange.Done, await wards.LimitAsync(new LocationLimit([wards.Ward])));
        return wards;
    }

    /// <summary>Lets the logger in no location take the place of the one in the first ward.</summary>
    public async Task ReplaceAsync(DateTimeOffset at)
    {
        var query = Portal.Get<LoggerQuery>();
        var (old, successor) = (
            (await query.FindAsync(SiteScope.Everything, Seen))!, (await query.FindAsync(SiteScope.Everything, Unplaced))!);
        Assert.Equal(PointOutcome.Done, await Portal.Get<LoggerReplacement>().ReplaceAsync(Actor.Command, new Replacement
        {
            Point = new Seen(old.Point!.Id, old.Point.Version),
            Old = new Seen(old.Id, old.Version),
            New = new Seen(successor.Id, successor.Version),
            AtUtc = at,
            RetiresOld = false,
            Reason = "test",
        }));
    }

    /// <summary>Limits the viewer, or lifts the limit.</summary>
    public async Task<UserChange> LimitAsync(LocationLimit? limit) =>
        await Portal.Get<UserChanges>().SetLocationsAsync(Actor.Command, await SeeUserAsync(), limit, "test");

    /// <summary>The viewer's account as it is now.</summary>
    public async Task<SeenUser> SeeUserAsync() => (await Portal.Get<UserAccounts>().ListAsync()).Single(u => u.Email == Email).Seen();

    /// <summary>The viewer, signed in.</summary>
    public async Task<PeopleClient> SignInAsync()
    {
        var client = new PeopleClient(Portal.Address);
        using var answer = await client.SignInAsync(Email, PortalUnderTest.AdminPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Puts the point of a logger into a location under a name.</summary>
    public async Task PlaceAsync(string serial, int? location, string name)
    {
        var logger = await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial);
        var seen = new Seen(logger!.Point!.Id, logger.Point.Version);
        var outcome = await Portal.Get<PointPlacement>().PlaceAsync(Actor.Command, [seen], location);
        seen = outcome.Changed is [var changed] ? changed : seen;
        await Portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Actor.Command, seen, name, null);
    }

    /// <summary>The point of a logger.</summary>
    public async Task<int> PointOfAsync(string serial) =>
        (await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!.Point!.Id;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    private int LocationOf(string name) => Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == name).Id;

    /// <summary>A logger heard through a gateway of its own, whose token it has alone.</summary>
    private async Task MeasureAsync(string gateway, string serial)
    {
        var issued = await Portal.Get<TokenIssuer>().IssueGatewayTokenAsync(
            Actor.Command, new GatewayTokenDraft { Name = $"hidden token of {gateway}" });
        using var client = new PortalClient(Portal.Address, issued.Issued!.Text!);
        Assert.Equal(201, (await client.BeatAsync(Some.Heartbeat(gateway))).Status);
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())))).Status);
    }
}
