using System.Diagnostics;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program on disks that are full, that fail and that hang.</summary>
[Collection(FaultCollection.Name)]
public sealed class DiskFaultTests
{
    [Fact]
    public async Task Disk_Full_Is503AndWorksAgainWithoutARestartOnceThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 6);
        await using var fleet = new GatewayFleet();
        await using (var portal = await PortalProcess.StartAsync(disk.Path, logFile: Path.Combine(disk.Path, "portal.log")))
        {
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            disk.Fill(leave: 1024 * 1024);

            fleet.Send(portal.Address);
            await Until.TrueAsync(() => fleet.Tally.Busy > 20);
            var full = await client.BeatAsync("{}");
            var ready = await client.GetAsync("/health/ready");
            Assert.Equal((503, "300"), (full.Status, full["Retry-After"]));
            Assert.Contains("disk is full", full.Body);
            Assert.Equal(503, ready.Status);

            disk.MakeRoom();
            await fleet.UntilAcknowledgedAsync(200);
            Assert.Equal(201, (await client.BeatAsync("{}")).Status);
            await fleet.StopAsync();
            await portal.KillAsync();
        }

        Assert.Equal([], fleet.Tally.OtherStatuses.Keys);
        fleet.AssertNothingIsLost(new PortalDatabase(disk.Path));
    }

    [Fact]
    public async Task Sync_Failing_Is503AndNoAcknowledgedReadingIsLost()
    {
        using var data = new TemporaryDirectory();
        using var disk = await FaultyDisk.BuildAsync();
        await using var fleet = new GatewayFleet();
        await using (var portal = await PortalProcess.StartAsync(data.Path, environment: disk.Environment))
        {
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            fleet.Send(portal.Address);
            for (var i = 0; i < 5; i++)
            {
                await fleet.UntilAcknowledgedAsync(100);
                var busy = fleet.Tally.Busy;
                disk.Fails = true;
                await Until.TrueAsync(() => fleet.Tally.Busy > busy + 10);
                Assert.Equal(503, (await client.BeatAsync("{}")).Status);
                Assert.Equal(503, (await client.GetAsync("/health/ready")).Status);
                disk.Fails = false;
            }

            await fleet.UntilAcknowledgedAsync(100);
            Assert.Equal(200, (await client.GetAsync("/health/ready")).Status);
            await fleet.StopAsync();
            await portal.KillAsync();
        }

        Assert.Equal([], fleet.Tally.OtherStatuses.Keys);
        fleet.AssertNothingIsLost(new PortalDatabase(data.Path));
    }

    [Fact]
    public async Task Disk_Stalled_FullQueueIs503WithinASecondAndDrainsWithoutLoss()
    {
        using var data = new TemporaryDirectory();
        using var disk = await FaultyDisk.BuildAsync();
        await using var portal = await PortalProcess.StartAsync(data.Path, ["--Portal:Ingest:QueueMessages", "20"], disk.Environment);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        await client.BeatAsync("{}");
        disk.Stalls = true;

        var serials = Enumerable.Range(0, 100).Select(_ => Some.Serial());
        var replies = serials.Select(serial => TimedAsync(client, serial)).ToList();
        await Until.TrueAsync(() => replies.Count(r => r.IsCompleted) == 80);
        var refused = replies.Where(r => r.IsCompleted).Select(r => r.Result).ToList();
        disk.Stalls = false;
        var all = await Task.WhenAll(replies);

        Assert.All(refused, reply => Assert.Equal(503, reply.Status));
        Assert.All(refused, reply => Assert.InRange(reply.Took, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal(20, all.Count(reply => reply.Status == 201));
        var stored = new PortalDatabase(data.Path).Lines("SELECT serial FROM logger");
        Assert.Equal(all.Where(reply => reply.Status == 201).Select(reply => reply.Serial).Order(), stored.Order());
    }

    private static async Task<(string Serial, int Status, TimeSpan Took)> TimedAsync(PortalClient client, string serial)
    {
        var begin = Stopwatch.GetTimestamp();
        var reply = await client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())));
        return (serial, reply.Status, Stopwatch.GetElapsedTime(begin));
    }
}
