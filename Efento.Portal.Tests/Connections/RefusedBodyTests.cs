using Efento.Portal.Access;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Connections;

/// <summary>A sender that is refused before its body is read can still send it all and then read why: nothing breaks under it.</summary>
public sealed class RefusedBodyTests
{
    private const int Large = 6_000_000;

    private static readonly (string Path, string Token, int Status)[] Refused =
    [
        (GatewayPaths.Measurements, "no-such-token", 401),
        (GatewayPaths.Measurements, PortalUnderTest.GatewayToken, 413),
        ("//api/v4/measurements", PortalUnderTest.GatewayToken, 404),
        ("/sign-in", PortalUnderTest.GatewayToken, 404),
    ];

    [Fact]
    public async Task Body_RefusedEarly_IsTakenToItsEnd()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = "1000000" } });

        var statuses = await Task.WhenAll(Refused.Select(async refused =>
        {
            using var connection = await RawConnection.OpenAsync(portal.Address);
            await SendSlowlyAsync(connection, RawConnection.Head(refused.Path, Large, refused.Token));
            return (await connection.ReadReplyAsync()).Status;
        }));

        Assert.Equal(Refused.Select(refused => refused.Status), statuses);
    }

    [Fact]
    public async Task Body_InMaintenance_IsTakenToItsEndAndTheConnectionGoesOn()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "test");
        using var connection = await RawConnection.OpenAsync(portal.Address);

        await SendSlowlyAsync(connection, RawConnection.Head(GatewayPaths.Measurements, Large));

        Assert.Equal(503, (await connection.ReadReplyAsync()).Status);
        await connection.SendAsync(RawConnection.Head(GatewayPaths.Heartbeat, 2) + "{}");
        Assert.Equal(503, (await connection.ReadReplyAsync()).Status);
    }

    /// <summary>As over a slow link: for longer than Kestrel by itself reads what nobody wants, five seconds.</summary>
    private static async Task SendSlowlyAsync(RawConnection connection, string head)
    {
        const int Parts = 7;
        await connection.SendAsync(head);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var sent = 0; sent < Parts; sent++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await connection.SendAsync(new string(' ', sent < Parts - 1 ? Large / Parts : Large - (Large / Parts * (Parts - 1))));
        }
    }
}
