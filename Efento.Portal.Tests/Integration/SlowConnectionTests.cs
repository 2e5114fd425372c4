using System.Diagnostics;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Connections that trickle take nothing from those that don't.</summary>
public sealed class SlowConnectionTests
{
    private const int Slow = 1000;

    [Fact]
    public async Task ThousandSlowConnections_NormalGateway_IsAnsweredAtOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        List<RawConnection> slow = [];
        try
        {
            for (var i = 0; i < Slow; i++)
            {
                slow.Add(await RawConnection.OpenAsync(portal.Address));
                await slow[i].SendAsync(i % 2 == 0 ? HalfAHead : RawConnection.Head(GatewayPaths.Measurements, 100_000) + "{");
            }

            List<TimeSpan> answered = [];
            for (var i = 0; i < 200; i++)
            {
                await Task.WhenAll(slow.Skip(i * 5).Take(5).Select(connection => connection.SendAsync(" ")));
                answered.Add(await TimedAsync(portal));
            }

            // Generous for two busy cores: the point is that nobody waits for the slow ones, whose patience is 5 s and more.
            answered.Sort();
            Assert.InRange(answered[^1], TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.InRange(answered[answered.Count / 2], TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
            Assert.Equal(200, portal.Database.Count("reading"));

            // They are slow, not forgotten.
            await slow[0].SendAsync($"{PortalUnderTest.GatewayToken}\r\nContent-Length: 2\r\n\r\n[]");
            Assert.Equal(201, (await slow[0].ReadReplyAsync()).Status);
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    private static string HalfAHead => $"POST {GatewayPaths.Measurements} HTTP/1.1\r\nHost: portal\r\nX-Api-Token: ";

    private static async Task<TimeSpan> TimedAsync(PortalUnderTest portal)
    {
        var begin = Stopwatch.GetTimestamp();
        var reply = await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        Assert.Equal(201, reply.Status);
        return Stopwatch.GetElapsedTime(begin);
    }
}
