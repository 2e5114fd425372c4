using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A message that can't be stored although the store works harms nobody else.</summary>
public sealed class PoisonTests
{
    private const double Magic = -123.25;

    [Fact]
    public async Task Message_FailingAlone_IsSetAsideWholeAndAnswered201()
    {
        await using var portal = await StartAsync();
        var body = Some.Body(
            Some.Record(Some.Serial(), Some.Now(), 1, handle: 0), Some.Record(Some.Serial(), Some.Now(), Magic, handle: 1));

        var reply = await portal.Client.MeasureAsync(body);

        Assert.Equal((201, """{"Y":[0,1],"N":[]}"""), (reply.Status, reply.Body));
        var part = Assert.Single(portal.Quarantined());
        Assert.Equal((RejectReason.NotStorable, RejectScope.Body, body), (part.Reason, part.Scope, part.Text));
        Assert.All((string[])["reading", "logger", "series", "measuring_point"], table => Assert.Equal(0, portal.Database.Count(table)));
        Assert.Equal("1|201", Assert.Single(portal.Database.Lines("SELECT quarantined_parts, answer FROM message")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Batch_WithPoisonedMessages_StoresAllOthers(int poisoned)
    {
        await using var portal = await StartAsync();
        string[] good = [.. Enumerable.Range(0, 60).Select(_ => Some.Serial())];
        string[] bad = [.. Enumerable.Range(0, poisoned).Select(_ => Some.Serial())];
        var bodies = good.Select(s => Some.Body(Some.Record(s, Some.Now(), 5, handle: 3)))
            .Concat(bad.Select(s => Some.Body(Some.Record(s, Some.Now(), Magic, handle: 3))))
            .ToArray();
        new Random(7).Shuffle(bodies);

        var replies = await SendAsOneBatchAsync(portal, bodies);

        Assert.All(replies, reply => Assert.Equal((201, """{"Y":[3],"N":[]}"""), (reply.Status, reply.Body)));
        Assert.All(good, serial => Assert.Single(portal.ReadingsOf(serial)));
        Assert.Equal(60, portal.Database.Count("reading"));
        Assert.Equal(poisoned, portal.Quarantined().Count);
        Assert.Equal(60 + poisoned + 1, portal.Database.Count("message"));
    }

    [Fact]
    public async Task Loggers_BroughtByAPoisonedMessage_AreStoredWithTheirNextOne()
    {
        await using var portal = await StartAsync();
        var (serial, other) = (Some.Serial(), Some.Serial());
        await SendAsOneBatchAsync(portal, [Some.Body(Some.Record(serial, Some.Now(), Magic)), Some.Body(Some.Record(other, Some.Now()))]);

        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 2), Some.Record(Some.Serial(), Some.Now(), 3)));

        Assert.Single(portal.ReadingsOf(serial));
        Assert.Single(portal.ReadingsOf(other));
        Assert.Equal(3, portal.Database.Count("logger"));
        Assert.Equal(3, portal.Database.Scalar<long>("SELECT count(DISTINCT logger_id) FROM series"));
    }

    [Fact]
    public async Task Series_BroughtByAPoisonedMessage_AreStoredWithTheNextOne()
    {
        await using var portal = await StartAsync();
        var (serial, now) = (Some.Serial(), Some.Now());
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now, 1)));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now.AddMinutes(-3), null, Some.Param(Magic, 2))));

        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now.AddMinutes(-3), null, Some.Param(7, 2))));

        Assert.Equal([$"{now.AddMinutes(-3).ToUnixTimeMilliseconds()}|7", $"{now.ToUnixTimeMilliseconds()}|1"], portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Hours_OfAPoisonedMessage_AreNotedWithTheNextOne()
    {
        await using var portal = await StartAsync();
        var (serial, now) = (Some.Serial(), Some.Now());
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now, 1)));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now.AddHours(-5), Magic)));

        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, now.AddHours(-5), 7)));

        Assert.Equal(0, portal.Database.Unlisted());
    }

    [Fact]
    public async Task QuarantineRoom_OfWhatWasRolledBack_IsGivenBack()
    {
        await using var portal = await StartAsync(("Portal:Ingest:QuarantineBytes", "1000"));
        var letters = Letters(1, 300);
        var poisoned = Some.Body(
            $$"""{"serial":"282C00000001","measured_at":"{{letters}}"}""", Some.Record(Some.Serial(), Some.Now(), Magic));

        Assert.Equal(201, (await portal.Client.MeasureAsync(poisoned)).Status);

        // The part was set aside and rolled back twice, then the whole message stayed: about 400 bytes, with room for 300 letters more.
        Assert.Equal(201, (await portal.Client.MeasureAsync(Letters(2, 300))).Status);
        Assert.Equal(503, (await portal.Client.MeasureAsync(Letters(3, 900))).Status);
    }

    [Fact]
    public async Task Heartbeat_Poisoned_IsSetAsideWhole()
    {
        await using var portal = await StartAsync();
        portal.Database.Execute(
            "CREATE TRIGGER poison_heartbeat BEFORE INSERT ON heartbeat WHEN new.uptime_seconds = 666 BEGIN SELECT RAISE(ABORT, 'poison'); END");

        var reply = await portal.Client.BeatAsync(Some.Heartbeat("282C03000001", 666));

        Assert.Equal((201, "{}"), (reply.Status, reply.Body));
        Assert.Single(portal.Quarantined());
        Assert.Equal(201, (await portal.Client.BeatAsync(Some.Heartbeat("282C03000001", 700))).Status);
        Assert.Equal(1, portal.Database.Scalar<long>("SELECT count(*) FROM gateway WHERE serial = '282C03000001'"));
    }

    [Fact]
    public async Task Poison_SentAgain_IsKeptOnceAndCounted()
    {
        await using var portal = await StartAsync();
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now(), Magic));

        await portal.Client.MeasureAsync(body);
        await portal.Client.MeasureAsync(body);

        Assert.Equal(2, Assert.Single(portal.Quarantined()).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task Message_MemoryRunsOut_Is503AndNotSetAside(int records)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Customise = builder => ExhaustedStore.AddTo(builder, Magic) });
        var serial = Some.Serial();
        var body = Some.Body(
            [
                .. Enumerable.Range(1, records).Select(i => Some.Record(serial, Some.Now().AddMinutes(-i), 5)),
                Some.Record(serial, Some.Now(), Magic)
            ]);

        var reply = await portal.Client.MeasureAsync(body);

        Assert.Equal(503, reply.Status);
        Assert.Empty(portal.Quarantined());
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 6)))).Status);
    }

    [Fact]
    public async Task Batch_MemoryRunsOutForOne_StoresAllOthers()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Customise = builder => ExhaustedStore.AddTo(builder, Magic) });

        var replies = await SendAsOneBatchAsync(
            portal, [.. ((double[])[1, Magic, 2]).Select(value => Some.Body(Some.Record(Some.Serial(), Some.Now(), value)))]);

        Assert.Equal([201, 503, 201], replies.Select(r => r.Status));
    }

    /// <summary>A portal whose database refuses one value.</summary>
    private static async Task<PortalUnderTest> StartAsync(params (string Key, string Value)[] settings)
    {
        var portal = await PortalUnderTest.StartAsync(new() { Settings = settings.ToDictionary(s => s.Key, s => s.Value) });
        portal.Database.Execute(
            $"CREATE TRIGGER poison BEFORE INSERT ON reading WHEN new.value = {Magic} BEGIN SELECT RAISE(ABORT, 'poison'); END");
        return portal;
    }

    /// <summary>Letters that don't compress much.</summary>
    private static string Letters(int seed, int length)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('a', 'z')));
    }

    /// <summary>The writer is kept busy with one message until all of these wait: they then form one transaction.</summary>
    private static async Task<PortalReply[]> SendAsOneBatchAsync(PortalUnderTest portal, string[] bodies)
    {
        List<Task<PortalReply>> replies;
        using (await StalledWriter.OfAsync(portal))
        {
            var first = portal.Client.BeatAsync("{}");
            await StalledWriter.UntilWaitingAsync(portal, 1);
            replies = [first, .. bodies.Select(portal.Client.MeasureAsync)];
            await StalledWriter.UntilWaitingAsync(portal, bodies.Length + 1);
        }

        return (await Task.WhenAll(replies))[1..];
    }
}
