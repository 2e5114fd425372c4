using System.Net;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program: what one token sends, slowly or in masses, takes no room from the others.</summary>
[Collection(FaultCollection.Name)]
public sealed class StarvationTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;
    private readonly TemporaryDirectory _data = new();
    private readonly List<RawConnection> _connections = [];
    private PortalProcess _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalProcess.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        await _portal.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task SlowBodies_ThatAnnounceMoreThanThereIsRoom_TakeNoRoom()
    {
        for (var i = 0; i < 400; i++)
        {
            await OpenAsync(MiB, "{\"measurements\":[");
        }

        using var gateway = new PortalClient(_portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(gateway));
    }

    [Fact]
    public async Task StalledBodies_ThatFillTheShareOfTheirToken_LeaveRoomToEverybodyAndAreSaid()
    {
        var part = new string(' ', 700 * 1024);
        for (var i = 0; i < 300; i++)
        {
            await OpenAsync(2 * MiB, part);
        }

        using var gateway = new PortalClient(_portal.Address, PortalUnderTest.GatewayToken);
        await Until.TrueAsync(async () => await ReadyAsync(gateway) is HttpStatusCode.ServiceUnavailable);
        Assert.Contains("QueueBytes", (await gateway.GetAsync("/health/ready")).Body, StringComparison.Ordinal);

        Assert.Equal(201, (await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
    }

    private static async Task<HttpStatusCode> ReadyAsync(PortalClient gateway) =>
        (HttpStatusCode)(await gateway.GetAsync("/health/ready")).Status;

    private async Task OpenAsync(long announced, string sent)
    {
        var connection = await RawConnection.OpenAsync(_portal.Address);
        _connections.Add(connection);
        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, announced) + sent);
    }
}
