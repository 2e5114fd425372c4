using System.Globalization;
using System.Text.Json;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The course of a logger's values for programs.</summary>
public sealed class HistoryApiTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);
    private readonly DateTimeOffset _start = new(Some.Now().UtcDateTime.Date.AddDays(-40), TimeSpan.Zero);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    private string History => $"/api/v1/loggers/{_serial}/history";

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Get_AShortRange_HasEachReadingAsAPoint()
    {
        await MeasureAsync(_start, 4, 5, 6);

        var channel = Only(await AskAsync($"?from={Iso(_start)}&to={Iso(_start + (3 * Interval))}"));

        Assert.Equal(("temperature", "°C", 1), (Text(channel, "type"), Text(channel, "unit"), channel.GetProperty("channel").GetInt32()));
        Assert.Equal([Iso(_start), Iso(_start + Interval), Iso(_start + (2 * Interval))], Column(channel, "time").Select(t => t.GetString()));
        Assert.All((string[])["min", "mean", "max"], name => Assert.Equal([4, 5, 6], Numbers(channel, name)));
        Assert.Equal([1, 1, 1], Numbers(channel, "count"));
    }

    [Fact]
    public async Task Get_AMonth_IsMadeOfHoursWithTheirExtremes()
    {
        await MeasureAsync(_start, [.. Enumerable.Range(0, 800).Select(i => i == 333 ? 31 : i % 10)]);
        await RollUpAsync();

        var history = await AskAsync($"?from={Iso(_start)}&to={Iso(_start.AddDays(30))}");
        var channel = Only(history);

        Assert.Equal("hours", Text(history, "resolution"));
        Assert.Equal(Enumerable.Repeat(20d, 40), Numbers(channel, "count"));
        Assert.Equal(31, Numbers(channel, "max").Max());
        Assert.Equal((31d, 333 / 20), Numbers(channel, "max").Select((max, i) => (max, i)).MaxBy(point => point.max));
        Assert.Equal(4.5, Numbers(channel, "mean")[0]);
    }

    /// <summary>Edges within an hour are read reading by reading, and are put together all the same.</summary>
    [Fact]
    public async Task Get_AMonthThatBeginsWithinAnHour_HasEvenPoints()
    {
        await MeasureAsync(_start, [.. Enumerable.Range(0, 400).Select(i => i)]);
        await RollUpAsync();

        var channel = Only(await AskAsync($"?from={Iso(_start.AddMinutes(30))}&to={Iso(_start.AddDays(30))}"));

        Assert.Equal(Enumerable.Repeat(20d, 19).Prepend(10), Numbers(channel, "count"));
        Assert.Equal(10, Numbers(channel, "min")[0]);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    public async Task Get_Points_AreAtMostSoMany(int points)
    {
        await MeasureAsync(_start, [.. Enumerable.Range(0, 900).Select(i => i % 50)]);
        await RollUpAsync();

        var channel = Only(await AskAsync($"?from={Iso(_start)}&to={Iso(_start + (900 * Interval))}&points={points}"));

        Assert.InRange(Column(channel, "time").Count, points / 2, points);
        Assert.Equal(900, Numbers(channel, "count").Sum());
        Assert.Equal((0, 49), (Numbers(channel, "min").Min(), Numbers(channel, "max").Max()));
    }

    [Fact]
    public async Task Get_AGap_IsNamedWithItsCause()
    {
        await MeasureAsync(_start, 4, 5);
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _start + (2 * Interval), null, Some.Param(null, "NO_VALUE")),
            Some.Record(_serial, _start + (3 * Interval), 6)));
        await MeasureAsync(_start.AddHours(5), 7, 8);

        var channel = Only(await AskAsync($"?from={Iso(_start)}&to={Iso(_start.AddHours(5) + (2 * Interval))}"));

        var gaps = channel.GetProperty("gaps").EnumerateArray().Select(g => (Text(g, "from"), Text(g, "to"), Text(g, "cause"))).ToList();
        Assert.Equal((Iso(_start + Interval), Iso(_start + (3 * Interval)), "noValue"), gaps[0]);
        Assert.Equal((Iso(_start + (3 * Interval)), Iso(_start.AddHours(5))), (gaps[1].Item1, gaps[^1].Item2));
        Assert.Contains(gaps[1].Item3, (string[])["missing", "gatewayOffline", "notHeard"]);
        Assert.Equal(5, Column(channel, "time").Count);
    }

    [Fact]
    public async Task Get_ADoor_HasStatesInsteadOfPoints()
    {
        await _portal.Client.MeasureAsync(Some.Body(((int[])[0, 1, 1, 0]).Select((open, i) =>
            Some.Record(_serial, _start + (i * Interval), null, Some.Param(open, 1, "open-close")))));

        var channel = Only(await AskAsync($"?from={Iso(_start)}&to={Iso(_start + (4 * Interval))}"));

        Assert.Empty(Column(channel, "time"));
        Assert.Equal(
            [(0, Iso(_start)), (1, Iso(_start + Interval)), (0, Iso(_start + (3 * Interval)))],
            channel.GetProperty("states").EnumerateArray().Select(s => (s.GetProperty("state").GetInt32(), Text(s, "from"))));
    }

    [Fact]
    public async Task Get_ACounter_HasItsTotals()
    {
        await _portal.Client.MeasureAsync(Some.Body(((int[])[3, 4, 5]).Select((count, i) =>
            Some.Record(_serial, _start + (i * Interval), null, Some.Param(count, 1, "pulse_cnt")))));

        var channel = Only(await AskAsync($"?from={Iso(_start)}&to={Iso(_start + (3 * Interval))}"));

        Assert.Equal([3, 4, 5], Numbers(channel, "total"));
    }

    [Fact]
    public async Task Get_Channel_LeavesOthersOut()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, _start, null, Some.Param(1), Some.Param(2, 2))));
        await RollUpAsync();

        Assert.Equal(2, (await AskAsync("")).GetProperty("channels").GetArrayLength());
        Assert.Equal([2], Numbers(Only(await AskAsync("?channel=2")), "mean"));
        Assert.Equal(0, (await AskAsync("?channel=3")).GetProperty("channels").GetArrayLength());
    }

    [Fact]
    public async Task Get_NoRange_IsFromTheFirstReadingToThePresent()
    {
        await MeasureAsync(_start, 4);

        var history = await AskAsync("");

        Assert.Equal((_serial, Iso(_start)), (Text(history, "serial"), Text(history, "from")));
        Assert.InRange(history.GetProperty("to").GetDateTimeOffset(), Some.Now().AddMinutes(-5), Some.Now().AddMinutes(1));
    }

    [Theory]
    [InlineData("points=7", "points")]
    [InlineData("points=1001", "points")]
    [InlineData("channel=0", "channel")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-03-02&to=2026-03-01", "to")]
    [InlineData("format=csv", "format")]
    public async Task Get_WrongParameter_Is400ThatNamesIt(string query, string parameter)
    {
        await MeasureAsync(_start, 1);

        var reply = await _portal.AskAsync($"{History}?{query}");

        Assert.Equal((400, parameter), (reply.Status, Text(JsonElement.Parse(reply.Body), "parameter")));
    }

    [Fact]
    public async Task Get_LimitedToken_SeesItsOwnLoggersSinceTheyCame()
    {
        await using var wards = await TwoWards.StartAsync();
        await wards.Portal.Client.MeasureAsync(Some.Body(Some.Record(wards.Unplaced, Some.Now().AddMinutes(-30), 1)));
        await wards.ReplaceAsync(Some.Now().AddMinutes(-20));
        string PathOf(string serial) => $"/api/v1/loggers/{serial}/history?from={Iso(Some.Now().AddHours(-1))}";
        async Task<double> CountAsync(string token) => JsonElement.Parse((await wards.Portal.AskAsync(PathOf(wards.Unplaced), token)).Body)
            .GetProperty("channels").EnumerateArray().Sum(channel => Numbers(channel, "count").Sum());

        Assert.Equal(404, (await wards.Portal.AskAsync(PathOf(wards.Hidden), wards.Token)).Status);
        Assert.Equal((1, 2), (await CountAsync(wards.Token), await CountAsync(PortalUnderTest.ApiToken)));
    }

    private async Task RollUpAsync()
    {
        while (await _portal.Get<RollupJob>().RollUpAsync(TestContext.Current.CancellationToken))
        {
        }
    }

    private async Task<JsonElement> AskAsync(string query)
    {
        var reply = await _portal.AskAsync(History + query);
        Assert.True(reply.Status == 200, reply.Body);
        return JsonElement.Parse(reply.Body);
    }

    private static JsonElement Only(JsonElement history) => Assert.Single(history.GetProperty("channels").EnumerateArray());

    private static List<JsonElement> Column(JsonElement channel, string name) =>
        [.. channel.GetProperty("points").GetProperty(name).EnumerateArray()];

    private static List<double> Numbers(JsonElement channel, string name) => [.. Column(channel, name).Select(n => n.GetDouble())];

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private Task MeasureAsync(DateTimeOffset from, params int[] values) =>
        _portal.Client.MeasureAsync(Some.Body(values.Select((value, i) => Some.Record(_serial, from + (i * Interval), value))));
}
