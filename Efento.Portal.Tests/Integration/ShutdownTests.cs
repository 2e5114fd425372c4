using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Efento.Portal.Tests.Integration;

/// <summary>Asked to end: new messages 503, everything accepted committed and answered, gone within five seconds.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class ShutdownTests
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Stopping_MessageInHand_Is201AndNewOnesAre503()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        Task<PortalReply> accepted;
        Task stopped;
        using (await StalledWriter.OfAsync(portal))
        {
            accepted = portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
            await StalledWriter.UntilWaitingAsync(portal, 1);

            stopped = portal.Get<IHost>().StopAsync();
            await Until.TrueAsync(() => portal.Get<IngestQueue>().Fault is not null);
            var late = await portal.Client.BeatAsync("{}");

            Assert.Equal((503, "300"), (late.Status, late["Retry-After"]));
            Assert.False(accepted.IsCompleted);
        }

        Assert.Equal(201, (await accepted).Status);
        await stopped;
        Assert.Equal(1, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Stopping_StoreStuck_EndsInTimeAndAcknowledgesNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using (await StalledWriter.OfAsync(portal))
        {
            var accepted = portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
            await StalledWriter.UntilWaitingAsync(portal, 1);

            await portal.Get<IHost>().StopAsync().WaitAsync(FiveSeconds);

            Assert.NotEqual(201, await accepted.ContinueWith(reply => reply.IsCompletedSuccessfully ? reply.Result.Status : 0));
        }
    }

    [Fact]
    public async Task Terminated_UnderLoadWithAStalledSender_EndsInFiveSecondsAndLosesNothing()
    {
        using var data = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartAsync(data.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        using var stalled = await RawConnection.OpenAsync(portal.Address);
        await stalled.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 1000) + "{");
        ConcurrentBag<string> stored = [];
        ConcurrentBag<int> answers = [];
        using var ended = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 16).Select(_ => SendAsync(client, stored, answers, ended.Token)).ToList();
        await Until.TrueAsync(() => stored.Count > 200);

        var asked = Stopwatch.StartNew();
        portal.Stop();
        await portal.WaitForExitAsync(Until.Patience);
        var took = asked.Elapsed;
        await ended.CancelAsync();
        await Task.WhenAll(senders);

        Assert.Equal(0, portal.ExitCode);
        Assert.InRange(took, TimeSpan.Zero, FiveSeconds);
        Assert.False(File.Exists(Path.Combine(data.Path, "portal.db-wal")));
        Assert.All(answers, answer => Assert.Contains(answer, (int[])[201, 503]));
        Assert.Empty(stored.Except(new PortalDatabase(data.Path).Lines("SELECT serial FROM logger")));
    }

    [Fact]
    public async Task Stopped_AfterReadsAndWrites_LeavesEverythingInOneFile()
    {
        using var data = new TemporaryDirectory();
        var serial = Some.Serial();
        await using (var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path }))
        {
            Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())))).Status);
            using var admin = await PeopleClient.SignedInAsync(portal);
            using var page = await admin.GetAsync("gateways");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Single(await portal.AskAllAsync($"/api/v1/loggers/{serial}/readings"));
        }

        Assert.Empty(Directory.EnumerateFiles(data.Path, "portal.db-*"));
        Assert.Equal(1, new PortalDatabase(data.Path).Count("reading"));
    }

    /// <summary>Sends one message after the other, each with a logger of its own, until the portal is gone.</summary>
    private static async Task SendAsync(
        PortalClient client, ConcurrentBag<string> stored, ConcurrentBag<int> answers, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var serial = Some.Serial();
                var reply = await client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())));
                answers.Add(reply.Status);
                if (reply.Status == 201)
                {
                    stored.Add(serial);
                }
            }
            catch (HttpRequestException)
            {
                // The portal no longer listens.
                return;
            }
        }
    }
}
