using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Integration;

/// <summary>All readings of a logger in one answer.</summary>
public sealed class ReadingsDownloadTests : IAsyncLifetime
{
    private const int Moments = 1_100;
    private readonly DateTimeOffset _start = Some.Now().AddDays(-3);
    private readonly string _serial = Some.Serial();
    private readonly WatchedDownloads _watched = new();
    private PortalUnderTest _portal = null!;

    private string Readings => $"/api/v1/loggers/{_serial}/readings";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Customise = _watched.AddTo });
        await _portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, Moments).Select(i => Some.Record(
            _serial, _start.AddMinutes(3 * i), null,
            Some.Param(i / 10.0), Some.Param(i % 7 == 0 ? 8_388_557 : 40 + (i % 30), 2, "humidity"), Some.Param(i, 2, "a \\\"b\\\", č")))));
        await _portal.Client.MeasureAsync(Some.Body(
            Some.Record(_serial, _start, 99), Some.Record(_serial, _start.AddMinutes(1), null, Some.Param(null, "NO_VALUE")),
            Some.Record(_serial, _start.AddMinutes(2), 4_000.5)));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("&channel=2")]
    [InlineData("&channel=7")]
    public async Task Json_LimitAll_IsByteForByteWhatThePagesHave(string more)
    {
        var pages = await _portal.AskAllAsync($"{Readings}?limit=1000{more}");

        var reply = await _portal.AskAsync($"{Readings}?limit=all{more}");

        Assert.Equal((200, "application/json; charset=utf-8"), (reply.Status, reply["Content-Type"]));
        Assert.Equal($$"""{"items":[{{string.Join(',', pages.Select(r => r.GetRawText()))}}],"next":null}""", reply.Body);
    }

    [Fact]
    public async Task Csv_LimitAll_IsByteForByteWhatThePagesHave()
    {
        var pages = new StringBuilder();
        for (var path = $"{Readings}?format=csv"; path is not null;)
        {
            var page = await _portal.AskAsync(path);
            pages.Append(pages.Length == 0 ? page.Body : page.Body[(page.Body.IndexOf('\n') + 1)..]);
            path = page["Link"] is { } link ? link[1..link.IndexOf('>')] : null;
        }

        var reply = await _portal.AskAsync($"{Readings}?limit=all", accept: "text/csv");

        Assert.Equal((200, "text/csv; charset=utf-8"), (reply.Status, reply["Content-Type"]));
        Assert.Equal(pages.ToString(), reply.Body);
        Assert.Null(reply["Link"]);
    }

    [Fact]
    public async Task LimitAll_SeveralPortions_ComesInChunks()
    {
        var reply = await _portal.AskAsync($"{Readings}?limit=all");

        Assert.Equal(("chunked", null), (reply["Transfer-Encoding"], reply["Content-Length"]));
        Assert.InRange(_watched.Reads, 3, 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1_000)]
    public async Task LimitAll_AfterACursor_GoesOnBehindIt(int first)
    {
        var (_, next) = await _portal.AskPageAsync($"{Readings}?limit={first}");
        var all = (await _portal.AskPageAsync($"{Readings}?limit=all")).Items;

        var rest = (await _portal.AskPageAsync($"{Readings}?limit=all&after={next}")).Items;

        Assert.Equal(all.Skip(first).Select(r => r.GetRawText()), rest.Select(r => r.GetRawText()));
    }

    [Fact]
    public async Task LimitAll_FromAndTo_TakesFromAndLeavesTo()
    {
        var range = $"from={_start.AddMinutes(30).UtcDateTime:O}&to={_start.AddMinutes(36).UtcDateTime:O}&channel=1";

        var (items, _) = await _portal.AskPageAsync($"{Readings}?limit=all&{range}");

        Assert.Equal([1, 1.1], items.Select(r => r.GetProperty("value").GetDouble()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("*", null)]
    [InlineData("br, deflate", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("gzip, deflate, br", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "zstd")]
    [InlineData("zstd;q=0.5, gzip", "gzip")]
    public async Task LimitAll_CodingAskedFor_IsUsed(string? asked, string? coding)
    {
        var plain = (await _portal.AskAsync($"{Readings}?limit=all")).Body;
        using var request = Request("?limit=all");
        if (asked is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", asked);
        }

        using var answer = await _portal.Client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(plain, await TextOf(coding, body));
    }

    [Fact]
    public async Task Pages_CodingAskedFor_StayAsTheyAre()
    {
        using var request = Request("?limit=3");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, zstd");

        using var answer = await _portal.Client.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept"], answer.Headers.Vary);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task LimitAll_TheStoreFailsOnTheWay_IsNotTakenForWhole(string coding)
    {
        _watched.FailAt = 2;
        using var request = Request("?limit=all");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);

        using var answer = await _portal.Client.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task LimitAll_TheCallerGoesAway_EndsTheQueryWithoutALineInTheLog()
    {
        _watched.IsEndless = true;
        using (var connection = await RawConnection.OpenAsync(_portal.Address))
        {
            await connection.SendAsync(
                $"GET {Readings}?limit=all HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {PortalUnderTest.ApiToken}\r\n\r\n");
            Assert.Equal(200, await connection.ReadStatusAsync());
            connection.Reset();
        }

        await _watched.Ended.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(_portal.Log, line => line.Contains("unhandled", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task LimitAll_ReadingsArriveOnTheWay_AreThereIfTheirTimeIsStillToCome()
    {
        var early = _start.AddMinutes(4);
        var late = _start.AddMinutes((3 * Moments) + 1);
        _watched.BeforeRead = read => read == 2
            ? _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, early, 777.25), Some.Record(_serial, late, 778.25)))
            : Task.CompletedTask;

        var (items, _) = await _portal.AskPageAsync($"{Readings}?limit=all&channel=1");

        var values = items.Select(r => r.GetProperty("value"))
            .Where(v => v.ValueKind is JsonValueKind.Number)
            .Select(v => v.GetDouble())
            .ToList();
        Assert.Equal(778.25, values[^1]);
        Assert.DoesNotContain(777.25, values);
    }

    [Fact]
    public async Task LimitAll_LimitedToken_GivesWhatItsPagesGive()
    {
        await using var wards = await TwoWards.StartAsync();
        var seen = $"/api/v1/loggers/{wards.Unplaced}/readings";
        await wards.Portal.Client.MeasureAsync(Some.Body(Some.Record(wards.Unplaced, Some.Now().AddMinutes(-30), 1)));
        await wards.ReplaceAsync(Some.Now().AddMinutes(-20));

        var whole = await wards.Portal.AskAsync($"{seen}?limit=all", wards.Token);

        Assert.Equal((await wards.Portal.AskAsync(seen, wards.Token)).Body, whole.Body);
        Assert.NotEqual((await wards.Portal.AskAsync($"{seen}?limit=all")).Body, whole.Body);
        Assert.Equal(404, (await wards.Portal.AskAsync($"/api/v1/loggers/{wards.Hidden}/readings?limit=all", wards.Token)).Status);
    }

    [Fact]
    public async Task LimitAll_TheLoggerLeavesTheLocationsOfTheTokenOnTheWay_IsNotTakenForWhole()
    {
        await using var wards = await TwoWards.StartAsync(new() { Customise = _watched.AddTo });
        await wards.Portal.Client.MeasureAsync(
            Some.Body(Enumerable.Range(0, 2_500).Select(i => Some.Record(wards.Seen, _start.AddMinutes(i), i))));
        _watched.BeforeRead = read =>
            read == 2 ? wards.PlaceAsync(wards.Seen, wards.OtherWard, "Fridge moved") : Task.CompletedTask;
        using var request = Request("?limit=all", wards.Seen, wards.Token);

        using var answer = await wards.Portal.Client.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private HttpRequestMessage Request(string query, string? serial = null, string token = PortalUnderTest.ApiToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/loggers/{serial ?? _serial}/readings{query}");
        request.Headers.Authorization = new("Bearer", token);
        return request;
    }

    private static async Task<string> TextOf(string? coding, Stream body)
    {
        using Stream plain = coding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "zstd" => new ZstdSharp.DecompressionStream(body),
            _ => body,
        };
        using var text = new StreamReader(plain);
        return await text.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Counts the portions a portal reads, and says when an answer has ended.</summary>
    private sealed class WatchedDownloads
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reads;

        public int Reads => _reads;

        public int FailAt { get; set; }

        public bool IsEndless { get; set; }

        public Func<int, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

        public Task Ended => _ended.Task;

        public void AddTo(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton<IReadingPortions>(
                services => new Store(this, ActivatorUtilities.CreateInstance<SqliteReadingPortions>(services)));
            builder.Services.AddSingleton<IStartupFilter>(new Ends(_ended));
        }

        private sealed class Store(WatchedDownloads watched, IReadingPortions store) : IReadingPortions
        {
            public long? Read(int loggerId, IReadOnlyList<SeriesEntry> series, long fromMs, long toMs, List<SeriesReading> into)
            {
                var read = Interlocked.Increment(ref watched._reads);
                watched.BeforeRead(read).Wait(Until.Patience);
                if (read == watched.FailAt)
                {
                    throw new IOException("The disk has gone.");
                }

                var next = store.Read(loggerId, series, fromMs, toMs, into);
                return watched.IsEndless ? next ?? long.MinValue : next;
            }
        }

        private sealed class Ends(TaskCompletionSource ended) : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (context, rest) =>
                {
                    await rest(context);
                    if (context.Request.QueryString.Value?.Contains("limit=all", StringComparison.Ordinal) is true)
                    {
                        ended.TrySetResult();
                    }
                });
                next(app);
            };
        }
    }
}
