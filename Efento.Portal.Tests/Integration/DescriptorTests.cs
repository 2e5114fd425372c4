using System.Net;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program with few file descriptors, and strangers that only connect.</summary>
[Collection(FaultCollection.Name)]
public sealed class DescriptorTests
{
    private const int Descriptors = 1024;
    private const int Silent = 700;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task SilentConnections_MoreThanDescriptors_KeepNoGatewayOut(int addresses)
    {
        using var data = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartAsync(data.Path, descriptors: Descriptors);
        List<RawConnection> silent = [];
        try
        {
            for (var i = 0; i < Silent * 2; i++)
            {
                silent.Add(await RawConnection.OpenAsync(portal.Address, new IPAddress([127, 0, 0, (byte)(1 + (i % addresses))])));
            }

            // Each over a connection of its own, as gateways come.
            for (var i = 0; i < 20; i++)
            {
                using var gateway = await RawConnection.OpenAsync(portal.Address);
                await gateway.SendAsync(RawConnection.Head(GatewayPaths.Heartbeat, 2) + "{}");
                Assert.Equal(201, (await gateway.ReadReplyAsync()).Status);
            }

            Assert.InRange(Directory.GetFiles($"/proc/{portal.Id}/fd").Length, 1, Descriptors - 50);
            Assert.Single(portal.Output.Split('\n'), line => line.Contains("too many connections", StringComparison.Ordinal));
        }
        finally
        {
            silent.ForEach(connection => connection.Dispose());
        }
    }
}
