using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Nothing unknown is dropped: the last raw bodies and every new shape are kept.</summary>
public sealed class BodyArchiveTests
{
    [Fact]
    public async Task Bodies_OfOneGateway_TheLast20AreKeptRaw()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        List<string> bodies = [.. Enumerable.Range(0, 25).Select(i => Some.Body(Some.Record("282C00000001", Some.Now().AddMinutes(-i), i)))];
        foreach (var body in bodies)
        {
            await portal.Client.MeasureAsync(body);
        }

        await FlushAsync(portal);

        Assert.Equal(bodies[^20..], Kept(portal));
    }

    [Fact]
    public async Task Bodies_WrittenInPortions_AreTheLast20AllTheSame()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        List<string> bodies = [.. Enumerable.Range(0, 30).Select(i => Some.Body(Some.Record("282C00000001", Some.Now().AddMinutes(-i), i)))];
        foreach (var portion in bodies.Chunk(7))
        {
            foreach (var body in portion)
            {
                await portal.Client.MeasureAsync(body);
            }

            await FlushAsync(portal);
        }

        Assert.Equal(bodies[^20..], Kept(portal));
    }

    [Fact]
    public async Task Bodies_OfTwoGateways_AreKeptForEach()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:RawBodiesPerGateway"] = "2" } });
        for (var i = 0; i < 3; i++)
        {
            foreach (var gateway in (string[])["282C03000001", "282C03000002"])
            {
                await portal.Client.PostAsync(
                    GatewayPaths.Measurements,
                    System.Text.Encoding.UTF8.GetBytes(Some.Body(Some.Record(Some.Serial(), Some.Now(), i))),
                    request => request.Headers.Add("X-Gateway-Serial", gateway));
            }
        }

        await FlushAsync(portal);

        Assert.Equal(["2", "2"], portal.Database.Lines("SELECT count(*) FROM kept_body GROUP BY gateway_id"));
    }

    [Fact]
    public async Task Bodies_OfHeartbeats_StandInTheHistoryAlone()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat("282C03000001"));

        await FlushAsync(portal);

        Assert.Empty(Kept(portal));
        Assert.Equal([Some.Heartbeat("282C03000001")], portal.Database.Lines("SELECT json FROM heartbeat"));
    }

    [Fact]
    public async Task Bodies_Large_AreKeptToTheirFirst64KiBWithTheirSize()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var body = Some.Body(Enumerable.Range(0, 1_000).Select(i => Some.Record("282C00000001", Some.Now().AddMinutes(-i), i)));
        await portal.Client.MeasureAsync(body);

        await FlushAsync(portal);

        Assert.Equal([body[..(64 * 1024)]], Kept(portal));
        Assert.Equal(
            $"{body.Length}|{body.Length}",
            Assert.Single(portal.Database.Lines("SELECT k.bytes, s.example_bytes FROM kept_body k, seen_shape s")));
        Assert.Equal(64 * 1024, RawBytes.Decompress((byte[])portal.Database.Row("SELECT example FROM seen_shape")[0]!).Length);
    }

    [Fact]
    public async Task Bodies_BeyondTheirBudget_GoOldestFirst()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:RawBodiesBytes"] = "3000" } });
        var letters = new Random(3);
        List<string> bodies = [.. Enumerable.Range(0, 5).Select(i => $"{i}{string.Concat(Enumerable.Range(0, 500).Select(_ => (char)letters.Next('a', 'z')))}")];
        foreach (var body in bodies)
        {
            await portal.Client.MeasureAsync(body);
        }

        await FlushAsync(portal);

        Assert.Equal(bodies[^2..], Kept(portal));
    }

    [Fact]
    public async Task Bodies_Unreadable_AreKeptAsSentToo()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("what is this?");
        await FlushAsync(portal);

        Assert.Equal(["what is this?"], Kept(portal));
    }

    [Fact]
    public async Task Bodies_WhenThePortalStops_AreWritten()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body());
        await portal.RestartAsync();

        Assert.Equal([Some.Body()], Kept(portal));
    }

    [Fact]
    public async Task Shape_SeenAgain_IsCounted()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), i)));
        }

        await FlushAsync(portal);
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        await FlushAsync(portal);

        Assert.Equal($"{GatewayPaths.Measurements}|4", Assert.Single(portal.Database.Lines("SELECT route, count FROM seen_shape")));
    }

    [Fact]
    public async Task Shape_New_IsKeptWithPathFieldsAndExample()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var plain = Some.Body(Some.Record(Some.Serial(), Some.Now()));
        var novel = """{"measurements":[{"serial":"282C000000FF","measured_at":"2026-01-02 00:00:00","params":[],"firmware":"7.1"}],"sent_by":{"name":"x"}}""";

        await portal.Client.MeasureAsync(plain);
        await portal.Client.PostAsync(GatewayPaths.OldMeasurements, novel);

        var row = portal.Database.Row("SELECT route, fields, example FROM seen_shape WHERE route = $0", GatewayPaths.OldMeasurements);
        Assert.Contains("measurements[].firmware: string", (string)row[1]!);
        Assert.Contains("sent_by.name: string", (string)row[1]!);
        Assert.Equal(novel, System.Text.Encoding.UTF8.GetString(RawBytes.Decompress((byte[])row[2]!)));
        Assert.Equal(2, portal.Database.Count("seen_shape"));
    }

    /// <summary>Pages show the count, and "0 times" is said of nothing that was seen.</summary>
    [Fact]
    public async Task Shape_SeenOnce_HasTheCountOneFromTheBeginning()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        await portal.Client.MeasureAsync(Some.Body([Some.Record(Some.Serial(), Some.Now())]));

        Assert.Equal(1, portal.Database.Scalar<long>("SELECT count FROM seen_shape"));
    }

    [Fact]
    public async Task Shape_OfHeartbeats_IsKeptToo()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.BeatAsync("""{"serial":"282C03000001","lte":{"operator":"x"}}""");
        await portal.Client.BeatAsync("""{"serial":"282C03000001"}""");

        Assert.Equal(2, portal.Database.Count("seen_shape"));
    }

    [Fact]
    public async Task Shape_KnownBeforeARestart_IsTheSame()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        await portal.RestartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        await FlushAsync(portal);

        Assert.Equal(2, portal.Database.Scalar<long>("SELECT count FROM seen_shape"));
    }

    private static Task FlushAsync(PortalUnderTest portal) => portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);

    private static List<string> Kept(PortalUnderTest portal) =>
        [.. portal.Database.Query("SELECT raw FROM kept_body ORDER BY message_id").Select(row => System.Text.Encoding.UTF8.GetString(RawBytes.Decompress((byte[])row[0]!)))];
}
