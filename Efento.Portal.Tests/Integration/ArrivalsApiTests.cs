using System.Text.Json;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

public sealed class ArrivalsApiTests
{
    private readonly SleepingClock _time = new(Some.Now());
    private readonly string _serial = Some.Serial();

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task Get_Message_TellsLoggersAndTimes()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddHours(-5)), Some.Record(_serial, Now.AddHours(-1))));

        var arrival = Assert.Single(await portal.AskAllAsync("/api/v1/arrivals"));

        Assert.Equal(
            $$"""{"id":{{arrival.GetProperty("id")}},"receivedAt":"{{Iso(Now)}}","loggers":["{{_serial}}"],"earliestMeasuredAt":"{{Iso(Now.AddHours(-5))}}","latestMeasuredAt":"{{Iso(Now.AddHours(-1))}}"}""",
            arrival.GetRawText());
    }

    [Fact]
    public async Task Get_LateReadings_LeadToExactlyThem()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now, 1)));
        var cursor = IdOf(Assert.Single(await portal.AskAllAsync("/api/v1/arrivals")));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddHours(-5), 2), Some.Record(_serial, Now.AddHours(-4), 3)));

        var late = Assert.Single(await portal.AskAllAsync($"/api/v1/arrivals?after={cursor}"));
        var again = await portal.AskAllAsync(
            $"/api/v1/loggers/{_serial}/readings?from={late.GetProperty("earliestMeasuredAt")}&to={Iso(Now)}");

        Assert.Equal(
            [2, 3], again.Where(r => r.GetProperty("messageId").GetInt64() == IdOf(late)).Select(r => r.GetProperty("value").GetInt32()));
    }

    [Fact]
    public async Task Get_PartByPart_GivesEachOnceInOrder()
    {
        await using var portal = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddMinutes(-i))));
        }

        var ids = (await portal.AskAllAsync("/api/v1/arrivals?limit=2")).Select(IdOf).ToArray();

        Assert.Equal(portal.Database.Lines("SELECT id FROM message ORDER BY id"), ids.Select(id => $"{id}"));
    }

    [Fact]
    public async Task Get_AtTheEnd_GoesOnLaterAfterTheLastId()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddMinutes(-3))));
        var (items, next) = await portal.AskPageAsync("/api/v1/arrivals");
        var afterLast = $"/api/v1/arrivals?after={IdOf(items[^1])}";

        Assert.Null(next);
        Assert.Empty(await portal.AskAllAsync(afterLast));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now)));
        Assert.Single(await portal.AskAllAsync(afterLast));
    }

    [Fact]
    public async Task Get_HeartbeatsAndEmptyMessages_AreLeftOut()
    {
        await using var portal = await StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.Client.MeasureAsync(Some.Body());
        await portal.Client.MeasureAsync("no json");

        Assert.Empty(await portal.AskAllAsync("/api/v1/arrivals"));
    }

    [Fact]
    public async Task Get_CursorOlderThanTheLedger_Is410()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddMinutes(-3))));
        var old = IdOf(Assert.Single(await portal.AskAllAsync("/api/v1/arrivals")));
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now)));
        await portal.CatchUpAsync();
        _time.Sleep(TimeSpan.FromDays(31));
        await portal.Hosted<RetentionService>().PruneAsync(Now, CancellationToken.None);

        var reply = await portal.AskAsync($"/api/v1/arrivals?after={old}");

        Assert.Equal((410, "after"), (reply.Status, JsonElement.Parse(reply.Body).GetProperty("parameter").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?after=0")]
    public async Task Get_NoCursor_BeginsWithTheOldestKept(string query)
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now)));

        Assert.Single(await portal.AskAllAsync($"/api/v1/arrivals{query}"));
    }

    [Theory]
    [InlineData("after=abc", "after")]
    [InlineData("after=-1", "after")]
    [InlineData("limit=1001", "limit")]
    public async Task Get_WrongParameter_Is400ThatNamesIt(string query, string parameter)
    {
        await using var portal = await StartAsync();

        var reply = await portal.AskAsync($"/api/v1/arrivals?{query}");

        Assert.Equal((400, parameter), (reply.Status, JsonElement.Parse(reply.Body).GetProperty("parameter").GetString()));
    }

    private static long IdOf(JsonElement arrival) => arrival.GetProperty("id").GetInt64();

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Time = _time });
}
