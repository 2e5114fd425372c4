using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

public sealed class ReadApiTests
{
    private readonly DateTimeOffset _now = Some.Now();

    public static TheoryData<string> Lists =>
        [
            "/api/v1/loggers", "/api/v1/gateways", "/api/v1/loggers/282C00000001/readings", "/api/v1/loggers/282C00000001/history", "/api/v1/arrivals",
        ];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Get_NoToken_Is401ThatSaysHow(string path)
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var reply = await portal.AskAsync(path, token: null);

        Assert.Equal((401, "Bearer", "application/json; charset=utf-8"), (reply.Status, reply["WWW-Authenticate"], reply["Content-Type"]));
        Assert.Contains("Authorization: Bearer", JsonElement.Parse(reply.Body).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("no-such-token")]
    [InlineData(PortalUnderTest.GatewayToken)]
    public async Task Get_WrongToken_Is401(string token)
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var reply = await portal.AskAsync("/api/v1/loggers", token);

        Assert.Equal((401, "Bearer error=\"invalid_token\""), (reply.Status, reply["WWW-Authenticate"]));
    }

    [Fact]
    public async Task Get_RefusedOverAndOver_FillsNoLog()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        foreach (var token in (string?[])[null, "no-such-token"])
        {
            await portal.AskAsync("/api/v1/loggers", token);
        }

        Assert.DoesNotContain(
            portal.Log, line =>
                line.Contains("challenged", StringComparison.Ordinal) || line.Contains("not authenticated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_TokenWithoutTheScope_Is403ThatNamesIt()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var token = await portal.Get<TokenIssuer>().IssueApiTokenAsync("Readings only", ApiScopes.MeasurementsRead);

        Assert.Equal(200, (await portal.AskAsync("/api/v1/loggers", token)).Status);
        var reply = await portal.AskAsync("/api/v1/gateways", token);

        Assert.Equal((403, "Bearer error=\"insufficient_scope\", scope=\"gateways.read\""), (reply.Status, reply["WWW-Authenticate"]));
        Assert.Contains("gateways.read", JsonElement.Parse(reply.Body).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Get_SetUpToken_MayReadEverything()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        foreach (var path in Lists.Select(row => row.Data).Where(path => !path.Contains("282C", StringComparison.Ordinal)))
        {
            Assert.Equal("""{"items":[],"next":null}""", (await portal.AskAsync(path)).Body);
        }
    }

    [Fact]
    public async Task GetLoggers_Measured_TellsStateAndLatest()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();
        await portal.Client.MeasureAsync(
            Some.Body(Some.Record(serial, _now, null, Some.Param(21.5), Some.Param(8_388_557, 2, "humidity"))));

        var logger = Assert.Single(await portal.AskAllAsync("/api/v1/loggers"));

        Assert.Equal(
            (serial, serial, "fresh", Iso(_now)),
            (Text(logger, "serial"), Text(logger, "name"), Text(logger, "state"), Text(logger, "measuredAt")));
        Assert.Equal(
            (180, -70, false),
            (
                logger.GetProperty("intervalSeconds").GetInt32(), logger.GetProperty("signal").GetInt32(),
                logger.GetProperty("batteryLow").GetBoolean()));
        var latest = logger.GetProperty("latest").EnumerateArray().ToArray();
        Assert.Equal(
            ("temperature", "°C", 21.5), (Text(latest[0], "type"), Text(latest[0], "unit"), latest[0].GetProperty("value").GetDouble()));
        Assert.Equal(JsonValueKind.Null, latest[1].GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task GetLoggers_PartByPart_GivesEachOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serials = Enumerable.Range(0, 7).Select(_ => Some.Serial()).ToArray();
        await portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, _now))));

        Assert.Equal(serials, (await portal.AskAllAsync("/api/v1/loggers?limit=3")).Select(l => Text(l, "serial")));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("?held=true", 1)]
    public async Task GetLoggers_HeldLogger_ComesIfAskedFor(string query, int expected)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:UnknownLoggers"] = "Hold" } });
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), _now)));

        Assert.Equal(expected, (await portal.AskAllAsync($"/api/v1/loggers{query}")).Count);
    }

    [Fact]
    public async Task GetGateways_Heard_TellsItsState()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();
        await portal.Client.BeatAsync(Some.Heartbeat("282CFFFFFFFF"));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, _now)));

        var gateway = Assert.Single(await portal.AskAllAsync("/api/v1/gateways"));

        Assert.Equal(
            ("282CFFFFFFFF", "online", "5.10.2"), (Text(gateway, "serial"), Text(gateway, "state"), Text(gateway, "softwareVersion")));
        Assert.Equal([serial], gateway.GetProperty("loggers").EnumerateArray().Select(l => l.GetString()));
    }

    [Theory]
    [InlineData("/api/v1/loggers?limit=0", "limit")]
    [InlineData("/api/v1/loggers?held=maybe", "held")]
    [InlineData("/api/v1/gateways?after=x", "after")]
    [InlineData("/api/v1/gateways?limit=1&limit=2", "limit")]
    [InlineData("/api/v1/loggers?page=2", "page")]
    [InlineData("/api/v1/gateways?offset=100", "offset")]
    [InlineData("/api/v1/arrivals?from=2026-01-01", "from")]
    [InlineData("/api/v1/loggers/282C024FFFB2/readings?since=2026-01-01", "since")]
    [InlineData("/api/v1/loggers/282C024FFFB2/history?limit=10", "limit")]
    [InlineData("/api/v1/loggers?limit=all", "limit")]
    [InlineData("/api/v1/loggers?limit=10&sort=serial", "sort")]
    public async Task Get_WrongParameter_Is400ThatNamesIt(string path, string parameter)
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var reply = await portal.AskAsync(path);

        Assert.Equal((400, parameter), (reply.Status, Text(JsonElement.Parse(reply.Body), "parameter")));
        Assert.StartsWith(parameter, Text(JsonElement.Parse(reply.Body), "error"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Get_OpenPaths_NeedNoToken(string path)
    {
        await using var portal = await PortalUnderTest.StartAsync();

        Assert.Equal(200, (await portal.AskAsync(path, token: null)).Status);
    }

    [Fact]
    public async Task GetOpenApi_Paths_AreThoseOfTheReadApi()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var document = JsonElement.Parse((await portal.AskAsync("/openapi/v1.json", token: null)).Body);

        Assert.Equal(
            [
                "/api/v1/alarms", "/api/v1/alarms/{id}", "/api/v1/alarms/{id}/acknowledgement", "/api/v1/arrivals", "/api/v1/deliveries", "/api/v1/gateways",
                "/api/v1/loggers", "/api/v1/loggers/{serial}/history", "/api/v1/loggers/{serial}/readings", "/api/v1/maintenance", "/api/v1/rules",
            ],
            document.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task GetOpenApi_Readings_NamesEachParameterOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var document = JsonElement.Parse((await portal.AskAsync("/openapi/v1.json", token: null)).Body);
        var parameters = document.GetProperty("paths")
            .GetProperty("/api/v1/loggers/{serial}/readings")
            .GetProperty("get")
            .GetProperty("parameters");

        Assert.Equal(
            ["after", "channel", "format", "from", "limit", "serial", "to"],
            parameters.EnumerateArray().Select(p => Text(p, "name")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task GetOpenApi_Times_AreDateTimes()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var document = JsonElement.Parse((await portal.AskAsync("/openapi/v1.json", token: null)).Body);
        var measuredAt = document.GetProperty("components").GetProperty("schemas").GetProperty("ReadingItem").GetProperty("properties").GetProperty("measuredAt");

        Assert.Equal(("string", "date-time"), (Text(measuredAt, "type"), Text(measuredAt, "format")));
    }

    [Fact]
    public async Task GetOpenApi_Table_IsText()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var document = JsonElement.Parse((await portal.AskAsync("/openapi/v1.json", token: null)).Body);
        var answer = document.GetProperty("paths")
            .GetProperty("/api/v1/loggers/{serial}/readings")
            .GetProperty("get")
            .GetProperty("responses")
            .GetProperty("200");

        Assert.Equal("string", Text(answer.GetProperty("content").GetProperty("text/csv").GetProperty("schema"), "type"));
    }

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
