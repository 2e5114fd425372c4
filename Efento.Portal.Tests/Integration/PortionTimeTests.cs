using System.Diagnostics;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>How long others wait while a large message is stored in portions.</summary>
[Collection(FaultCollection.Name)]
public sealed class PortionTimeTests
{
    [Fact]
    public async Task LargeMessage_WhilePortionsAreStored_OthersAreAnsweredWithinASecond()
    {
        using var data = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartAsync(data.Path);
        using var gateway = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        using var large = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        large.Http.Timeout = TimeSpan.FromMinutes(5);
        var body = PortionTests.Body(261_000);
        Assert.InRange(body.Length, 60_000_000, 64 * 1024 * 1024);
        List<TimeSpan> alone = [await AnsweredAsync(gateway)];
        while (alone.Count < 50)
        {
            alone.Add(await AnsweredAsync(gateway));
        }

        var stored = large.MeasureAsync(body);
        List<TimeSpan> answered = [];
        while (!stored.IsCompleted || answered.Count < 20)
        {
            answered.Add(await AnsweredAsync(gateway));
        }

        Assert.Equal(201, (await stored).Status);
        answered.Sort();

        // The first answer warms up; a machine that is busy with other things makes everybody wait without the large message, too.
        Assert.InRange(answered[(int)(answered.Count * 0.99) - 1], TimeSpan.Zero, TimeSpan.FromSeconds(1) + (3 * alone.Skip(1).Max()));
        var database = new PortalDatabase(data.Path);
        Assert.True(
            database.Scalar<long>(
                "SELECT count(*) FROM message WHERE first_portion IS NULL AND id > (SELECT min(first_portion) FROM message) AND id < (SELECT max(id) FROM message WHERE first_portion IS NOT NULL)") > 0, "No message came between the portions.");
    }

    /// <summary>How long it takes until a small message is stored.</summary>
    private static async Task<TimeSpan> AnsweredAsync(PortalClient gateway)
    {
        var begin = Stopwatch.GetTimestamp();
        Assert.Equal(201, (await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), PortionTests.Newest)))).Status);
        return Stopwatch.GetElapsedTime(begin);
    }
}
