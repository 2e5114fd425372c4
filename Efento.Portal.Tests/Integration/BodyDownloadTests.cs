using System.Net;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

public sealed class BodyDownloadTests
{
    private const string Serial = "282C024FFFB2";

    [Fact]
    public async Task Bodies_OfAGateway_AreThereWithoutItsSerials()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Serial, Some.Now(), 12.5)));

        var bodies = await portal.GetJsonAsync("/downloads/gateways/1/bodies.json");

        var body = Assert.Single(bodies.EnumerateArray()).GetProperty("body").GetString();
        Assert.Contains("12.5", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Serial, body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Shapes_OfBodies_ListTheirFieldsOnceAndCount()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Serial, Some.Now(), 12.5)));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Serial, Some.Now().AddMinutes(-3), 12.25)));

        var shape = Assert.Single((await portal.GetJsonAsync("/downloads/body-shapes.json")).EnumerateArray());

        Assert.Equal(2, shape.GetProperty("count").GetInt64());
        Assert.Contains("measurements[].params[].value: number", shape.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.DoesNotContain(Serial, shape.GetProperty("example").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Bodies_Large_AreTheBeginningAndSaidToBeCut()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var sent = Some.Body(Enumerable.Range(0, 2_000).Select(i => Some.Record(Serial, Some.Now().AddMinutes(-i), i)));
        await portal.Client.MeasureAsync(sent);

        var body = Assert.Single((await portal.GetJsonAsync("/downloads/gateways/1/bodies.json")).EnumerateArray());
        var shape = Assert.Single((await portal.GetJsonAsync("/downloads/body-shapes.json")).EnumerateArray());

        Assert.All(
            (JsonElement[])[body, shape], item =>
                Assert.Equal((true, sent.Length), (item.GetProperty("isCut").GetBoolean(), item.GetProperty("bytes").GetInt32())));
        Assert.InRange(body.GetProperty("body").GetString()!.Length, 60_000, 64 * 1024);
        Assert.DoesNotContain(Serial[..8], body.GetProperty("body").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Bodies_KeptWholeByAnEarlierVersion_AreTheBeginningToo()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var raw = RawBytes.Compress(Encoding.UTF8.GetBytes($"{{\"note\":\"{new string('é', 40_000_000)}\"}}"));
        await portal.Client.BeatAsync(Some.Heartbeat(Serial));
        for (var i = 1; i <= 3; i++)
        {
            portal.Database.Execute(
                $"INSERT INTO kept_body (message_id, gateway_id, route, raw) VALUES ({i}, 1, '/api', x'{Convert.ToHexString(raw)}')");
        }

        var bodies = (await portal.GetJsonAsync("/downloads/gateways/1/bodies.json")).EnumerateArray().ToList();

        Assert.Equal([false, true, true, true], bodies.Select(b => b.GetProperty("isCut").GetBoolean()));
        Assert.Equal(80_000_011, bodies[^1].GetProperty("bytes").GetInt64());
        Assert.Equal(GatewayPaths.Heartbeat, bodies[0].GetProperty("route").GetString());
    }

    [Theory]
    [InlineData("/downloads/body-shapes.json")]
    [InlineData("/downloads/gateways/1/bodies.json")]
    public async Task Downloads_AskedForByAViewer_AreRefused(string path)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var viewer = await PeopleClient.SignedInAsync(portal, Role.Viewer);

        using var response = await viewer.GetAsync(path);

        Assert.Equal("/not-allowed", response.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Downloads_AskedForByNobody_AreRefused()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var client = new HttpClient { BaseAddress = portal.Address };

        using var response = await client.GetAsync(
            new Uri("/downloads/body-shapes.json", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
