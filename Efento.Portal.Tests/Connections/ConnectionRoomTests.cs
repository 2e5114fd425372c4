using System.Net;
using Efento.Portal.Connections;
using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Connections;

/// <summary>
/// Which connection makes room for the next when there are too many; over real sockets, from several addresses of this machine.
/// </summary>
public sealed class ConnectionRoomTests
{
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.2");
    private readonly FakeTimeProvider _time = new(Some.Start);

    [Theory]
    [InlineData(1024, 512, 256)]
    [InlineData(65_536, 4096, 2048)]
    [InlineData(256, 16, 8)]
    [InlineData(null, 4096, 2048)]
    public void Limits_OfDescriptors_LeaveRoomForFiles(int? descriptors, int most, int perAddress)
    {
        var limits = ConnectionLimits.Of(descriptors);

        Assert.Equal((most, perAddress), (limits.Most, limits.PerAddress));
    }

    [Fact]
    public async Task Silent_TooMany_TheOldestMakesRoom()
    {
        await using var portal = await StartAsync(most: 4, perAddress: 4);
        using var crowd = await Crowd.OpenAsync(portal, 4);

        Assert.Equal(201, await BeatAsync(portal));

        Assert.True(await crowd[0].IsClosedAsync());
        Assert.True(await IsServedAsync(crowd[1]));
    }

    [Fact]
    public async Task Silent_ForTenSeconds_MakesRoomBeforeConnectionsInUse()
    {
        await using var portal = await StartAsync(most: 3, perAddress: 3);
        using var crowd = await Crowd.OpenAsync(portal, 2);
        Assert.True(await IsServedAsync(crowd[0]));
        await Until.TrueAsync(() => portal.Get<ConnectionRoom>().Count == 2);
        _time.Advance(TimeSpan.FromSeconds(11));
        using var fresh = await RawConnection.OpenAsync(portal.Address);
        await Until.TrueAsync(() => portal.Get<ConnectionRoom>().Count == 3);

        Assert.Equal(201, await BeatAsync(portal));

        Assert.True(await crowd[1].IsClosedAsync());
        Assert.True(await IsServedAsync(crowd[0]));
        Assert.True(await IsServedAsync(fresh));
    }

    [Fact]
    public async Task Idle_MakesRoomBeforeWhatHasJustConnected()
    {
        await using var portal = await StartAsync(most: 2, perAddress: 2);
        using var crowd = await Crowd.OpenAsync(portal, 2);
        Assert.True(await IsServedAsync(crowd[1]));

        Assert.Equal(201, await BeatAsync(portal));

        Assert.True(await crowd[1].IsClosedAsync());
        Assert.True(await IsServedAsync(crowd[0]));
    }

    [Fact]
    public async Task Gateway_InTheMiddleOfItsBody_IsKept()
    {
        await using var portal = await StartAsync(most: 2, perAddress: 2);
        using var gateway = await RawConnection.OpenAsync(portal.Address);
        await gateway.SendAsync(RawConnection.Head(GatewayPaths.Heartbeat, 2, more: "Expect: 100-continue\r\n"));
        Assert.Equal(100, await gateway.ReadStatusAsync());
        using var crowd = await Crowd.OpenAsync(portal, 20);
        Assert.True(await crowd[0].IsClosedAsync());

        await gateway.SendAsync("{}");

        Assert.Equal(201, (await gateway.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task Stranger_ThatTricklesABody_MakesRoomAfterTheSilent()
    {
        await using var portal = await StartAsync(most: 2, perAddress: 2);
        using var stranger = await RawConnection.OpenAsync(portal.Address);
        await stranger.SendAsync(RawConnection.Head("/no/such/path", 1000, token: null) + "{");
        Assert.Equal(404, (await stranger.ReadReplyAsync()).Status);
        using var other = await RawConnection.OpenAsync(portal.Address);
        await other.SendAsync(RawConnection.Head("/no/such/path", 1000, token: null) + "{");
        Assert.Equal(404, (await other.ReadReplyAsync()).Status);

        Assert.Equal(201, await BeatAsync(portal));

        Assert.True(await stranger.IsClosedAsync());
    }

    [Fact]
    public async Task Crowd_OfOneAddress_MakesRoomByItself()
    {
        await using var portal = await StartAsync(most: 8, perAddress: 4);
        using var guest = await RawConnection.OpenAsync(portal.Address);
        using var crowd = await Crowd.OpenAsync(portal, 20, Elsewhere);

        Assert.True(await crowd[0].IsClosedAsync());
        Assert.True(await IsServedAsync(guest));
        Assert.True(await IsServedAsync(crowd[19]));
    }

    [Fact]
    public async Task Proxy_Trusted_MayHaveAllConnections()
    {
        await using var portal = await StartAsync(most: 8, perAddress: 2, trusted: Elsewhere.ToString());
        using var crowd = await Crowd.OpenAsync(portal, 6, Elsewhere);
        using var guest = await RawConnection.OpenAsync(portal.Address);

        Assert.True(await IsServedAsync(guest));
        Assert.True(await IsServedAsync(crowd[0]));
    }

    [Fact]
    public async Task LiveConnections_AreKeptAndLeaveRoomForGateways()
    {
        await using var portal = await StartAsync(most: 8, perAddress: 8);
        List<LiveClient> live = [];
        try
        {
            for (var i = 0; i < 6; i++)
            {
                live.Add(await LiveClient.ConnectAsync(portal.Address, LiveHub.Path, PortalUnderTest.ApiToken));
            }

            var refused = await Assert.ThrowsAsync<HttpRequestException>(
                () => LiveClient.ConnectAsync(portal.Address, LiveHub.Path, PortalUnderTest.ApiToken));
            _time.Advance(TimeSpan.FromSeconds(11));
            using var crowd = await Crowd.OpenAsync(portal, 20);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(201, await BeatAsync(portal));
            Assert.All(live, client => Assert.False(client.Closed.IsCompleted));
        }
        finally
        {
            foreach (var client in live)
            {
                await client.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task LongPolling_OnTheLastPlace_CountsOnce()
    {
        await using var portal = await StartAsync(most: 8, perAddress: 8);
        List<LiveClient> live = [];
        try
        {
            for (var i = 0; i < 6; i++)
            {
                // What it sends takes a connection of its own beside the one that is held.
                live.Add(await LiveClient.ConnectAsync(
                    portal.Address, LiveHub.Path, PortalUnderTest.ApiToken,
                    transport: i < 5 ? HttpTransportType.WebSockets : HttpTransportType.LongPolling));
            }

            Assert.Equal(201, await BeatAsync(portal));
            Assert.All(live, client => Assert.False(client.Closed.IsCompleted));
        }
        finally
        {
            foreach (var client in live)
            {
                await client.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Circuits_LeaveRoomForGateways()
    {
        await using var portal = await StartAsync(most: 8, perAddress: 8);
        using var admin = await PeopleClient.SignedInAsync(portal);
        List<RawConnection> circuits = [];
        try
        {
            List<int> answers = [];
            for (var i = 0; i < 7; i++)
            {
                circuits.Add(await RawConnection.OpenAsync(portal.Address));
                await circuits[i].SendAsync(
                    $"GET /_blazor HTTP/1.1\r\nHost: {portal.Address.Authority}\r\nOrigin: {portal.Address.GetLeftPart(UriPartial.Authority)}\r\nCookie: {admin.Cookies.GetCookieHeader(portal.Address)}\r\n"
                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
                answers.Add(await circuits[i].ReadStatusAsync());
            }

            Assert.Equal([101, 101, 101, 101, 101, 101, 503], answers);
            Assert.Equal(201, await BeatAsync(portal));
        }
        finally
        {
            circuits.ForEach(circuit => circuit.Dispose());
        }
    }

    [Fact]
    public async Task Crowd_OfAnySize_IsOneLineOfTheLog()
    {
        await using var portal = await StartAsync(most: 4, perAddress: 4);

        using var crowd = await Crowd.OpenAsync(portal, 30);
        Assert.Equal(201, await BeatAsync(portal));

        Assert.Single(
            portal.Log, line =>
                line.StartsWith("Warning: There are too many connections, the last one from 127.0.0.1", StringComparison.Ordinal));
    }

    private static async Task<int> BeatAsync(PortalUnderTest portal)
    {
        using var gateway = await RawConnection.OpenAsync(portal.Address);
        await gateway.SendAsync(RawConnection.Head(GatewayPaths.Heartbeat, 2) + "{}");
        return (await gateway.ReadReplyAsync()).Status;
    }

    /// <summary>
    /// Requests something public, without a body. Such a request is answered only when the portal has finished handling it.
    /// </summary>
    private static async Task<bool> IsServedAsync(RawConnection connection)
    {
        await connection.SendAsync("GET /no/such/path HTTP/1.1\r\nHost: portal\r\n\r\n");
        var reply = await connection.ReadReplyAsync();
        return reply is { Status: 404, Body: "" };
    }

    private Task<PortalUnderTest> StartAsync(int most, int perAddress, string? trusted = null)
    {
        PortalStart start = new()
        {
            Time = _time,
            Customise = builder => builder.Services.AddSingleton(
            new ConnectionLimits(most, perAddress))
        };
        if (trusted is not null)
        {
            start.Settings["Portal:Access:TrustedProxies:0"] = trusted;
        }

        return PortalUnderTest.StartAsync(start);
    }

    /// <summary>Connections that say nothing.</summary>
    private sealed class Crowd(List<RawConnection> members) : IDisposable
    {
        public RawConnection this[int index] => members[index];

        public static async Task<Crowd> OpenAsync(PortalUnderTest portal, int size, IPAddress? from = null)
        {
            List<RawConnection> members = [];
            for (var i = 0; i < size; i++)
            {
                members.Add(await RawConnection.OpenAsync(portal.Address, from));
            }

            return new Crowd(members);
        }

        public void Dispose() => members.ForEach(connection => connection.Dispose());
    }
}
