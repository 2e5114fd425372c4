using System.Diagnostics;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>A store that can't keep up or can't be written: 503 with Retry-After, and nothing accepted is lost.</summary>
public sealed class TroubleTests
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Queue_FullByMessages_Is503WithinASecondAndDrainsWithoutLoss()
    {
        await using var portal = await StartAsync(("Portal:Ingest:QueueMessages", "5"));
        string[] serials = [.. Enumerable.Range(0, 5).Select(_ => Some.Serial())];
        List<Task<PortalReply>> waiting;
        using (await StalledWriter.OfAsync(portal))
        {
            waiting = [.. serials.Select(s => portal.Client.MeasureAsync(Some.Body(Some.Record(s, Some.Now()))))];
            await StalledWriter.UntilWaitingAsync(portal, 5);

            for (var i = 0; i < 20; i++)
            {
                await AssertRefusedWithinASecondAsync(portal, Some.Body(Some.Record(Some.Serial(), Some.Now())));
            }
        }

        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal(201, reply.Status));
        Assert.All(serials, serial => Assert.Single(portal.ReadingsOf(serial)));
        Assert.Equal(5, portal.Database.Count("reading"));
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Queue_FullByReadings_Is503WithinASecond()
    {
        await using var portal = await StartAsync(("Portal:Ingest:QueueReadings", "10"));
        Task<PortalReply> waiting;
        using (await StalledWriter.OfAsync(portal))
        {
            waiting = portal.Client.MeasureAsync(Records(8));
            await StalledWriter.UntilWaitingAsync(portal, 1);

            await AssertRefusedWithinASecondAsync(portal, Records(3));
        }

        Assert.Equal(201, (await waiting).Status);
        Assert.Equal(8, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Queue_MessageThatHasItsAnswer_WaitsNoLonger()
    {
        await using var portal = await StartAsync();
        var queue = portal.Get<IngestQueue>();
        for (var i = 0; i < 500; i++)
        {
            var message = new PendingMessage
            {
                TokenId = 1,
                Address = "127.0.0.1",
                Route = "/api/v4/gateways/heartbeat",
                ReceivedMs = Some.Now().ToUnixTimeMilliseconds(),
                Body = default,
                Heartbeat = HeartbeatReader.Read("{}"u8),
            };
            Assert.True(queue.TryEnqueue(message, out _));

            Assert.Null((await message.Outcome).Refusal);
            Assert.Equal(0, queue.Waiting);
        }
    }

    [Fact]
    public async Task Queue_SingleMessageLargerThanIt_IsTaken()
    {
        await using var portal = await StartAsync(("Portal:Ingest:QueueReadings", "10"), ("Portal:Ingest:QueueBytes", "100"));

        Assert.Equal(201, (await portal.Client.MeasureAsync(Records(50))).Status);
        Assert.Equal(50, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Queue_FullByBytes_Is503WithinASecond()
    {
        await using var portal = await StartAsync(("Portal:Ingest:QueueBytes", "5000"));
        Task<PortalReply> waiting;
        using (await StalledWriter.OfAsync(portal))
        {
            waiting = portal.Client.MeasureAsync(Some.Body() + new string(' ', 4000));
            await StalledWriter.UntilWaitingAsync(portal, 1);

            await AssertRefusedWithinASecondAsync(portal, Some.Body() + new string(' ', 2000));
        }

        Assert.Equal(201, (await waiting).Status);
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body() + new string(' ', 4000))).Status);
    }

    [Fact]
    public async Task Queue_OldestMessageWaitsTooLong_Is503WithinASecondAndReadinessSaysSo()
    {
        var time = new FakeTimeProvider(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        Task<PortalReply> waiting;
        using (await StalledWriter.OfAsync(portal))
        {
            waiting = portal.Client.BeatAsync("{}");
            await StalledWriter.UntilWaitingAsync(portal, 1);
            time.Advance(TimeSpan.FromSeconds(2.1));

            await AssertRefusedWithinASecondAsync(portal, Some.Body());
            Assert.Equal(503, (await portal.Client.GetAsync("/health/ready")).Status);
        }

        Assert.Equal(201, (await waiting).Status);
        Assert.Equal(200, (await portal.Client.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Sender_HangsUpWhileItsMessageWaits_TheMessageIsStored()
    {
        await using var portal = await StartAsync();
        var serial = Some.Serial();
        var body = Some.Body(Some.Record(serial, Some.Now()));
        using (await StalledWriter.OfAsync(portal))
        {
            using (var connection = await RawConnection.OpenAsync(portal.Address))
            {
                await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, body.Length) + body);
                await StalledWriter.UntilWaitingAsync(portal, 1);
            }
        }

        await Until.TrueAsync(() => portal.ReadingsOf(serial).Count == 1);
    }

    [Fact]
    public async Task Database_LockedByAnotherProgram_Is503AndWorksAgainAfterwards()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync("{}");
        var serial = Some.Serial();
        PortalReply reply;
        await using (var other = new SqliteConnection($"Data Source={portal.Database.Path};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN IMMEDIATE");
            reply = await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())));
            var ready = await portal.Client.GetAsync("/health/ready");
            await ExecuteAsync(other, "ROLLBACK");

            Assert.Equal(503, ready.Status);
        }

        Assert.Equal((503, "300"), (reply.Status, reply["Retry-After"]));
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())))).Status);
        Assert.Single(portal.ReadingsOf(serial));
        await Until.TrueAsync(async () => (await portal.Client.GetAsync("/health/ready")).Status == 200);
    }

    [Fact]
    public async Task Store_Failing_Is503ForAllInTheBatchAndLoggedOnceAMinute()
    {
        var time = new FakeTimeProvider(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        await portal.Client.BeatAsync("{}");
        portal.Database.Execute("ALTER TABLE heartbeat RENAME TO hidden");

        // The first fault is met while writing, those after it when the database is opened again: two kinds of fault.
        await AssertRefusedAsync(portal, 2);
        var kinds = Faults(portal).Count();
        Assert.InRange(kinds, 1, 2);

        await AssertRefusedAsync(portal, 20);
        Assert.Equal(kinds, Faults(portal).Count());

        time.Advance(TimeSpan.FromSeconds(61));
        await AssertRefusedAsync(portal, 20);
        Assert.Equal(kinds + 1, Faults(portal).Count());

        portal.Database.Execute("ALTER TABLE hidden RENAME TO heartbeat");
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Shutdown_MessagesThatWait_AreCommittedAndAnswered()
    {
        using var data = new TemporaryDirectory();
        string[] serials = [.. Enumerable.Range(0, 20).Select(_ => Some.Serial())];
        List<Task<PortalReply>> waiting;
        ValueTask stopping;
        var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path });
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        using (await StalledWriter.OfAsync(portal))
        {
            waiting = [.. serials.Select(s => client.MeasureAsync(Some.Body(Some.Record(s, Some.Now()))))];
            await StalledWriter.UntilWaitingAsync(portal, 20);
            stopping = portal.DisposeAsync();
        }

        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal(201, reply.Status));
        await stopping;
        Assert.Equal(20, portal.Database.Count("reading"));
    }

    private static Task<PortalUnderTest> StartAsync(params (string Key, string Value)[] settings) =>
        PortalUnderTest.StartAsync(
            new() { Settings = settings.Append(("Portal:Ingest:QueueAge", "00:05:00")).ToDictionary(s => s.Item1, s => s.Item2) });

    private static string Records(int count) => Some.Body(Enumerable.Range(0, count).Select(_ => Some.Record(Some.Serial(), Some.Now())));

    private static async Task AssertRefusedWithinASecondAsync(PortalUnderTest portal, string body)
    {
        var begin = Stopwatch.GetTimestamp();
        var reply = await portal.Client.MeasureAsync(body);

        Assert.Equal((503, "300"), (reply.Status, reply["Retry-After"]));
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, OneSecond);
    }

    private static async Task AssertRefusedAsync(PortalUnderTest portal, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);
        }
    }

    private static IEnumerable<string> Faults(PortalUnderTest portal) =>
        portal.Log.Where(
            line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
