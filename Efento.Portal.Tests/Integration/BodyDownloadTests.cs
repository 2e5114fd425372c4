using System.Net;
using Efento.Portal.Access;
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

        using var response = await client.GetAsync(new Uri("/downloads/body-shapes.json", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
