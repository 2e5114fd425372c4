using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;
using Efento.Portal.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Connections;

/// <summary>Devices that send, end their side of the connection, and then read.</summary>
public sealed class HalfClosedTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Measurements_ThenFin_AreStoredAndAnswered(bool isChunked, bool isTogether)
    {
        var serial = Some.Serial();
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        var (head, body) = Request(GatewayPaths.Measurements, Some.Body(Some.Record(serial, Some.Now(), handle: 7)), isChunked);

        await SendAsync(connection, isTogether ? [head + body] : [head, body]);
        await connection.EndSendingAsync();

        var reply = await connection.ReadReplyAsync();
        Assert.Equal((201, """{"Y":[7],"N":[]}"""), (reply.Status, reply.Body));
        Assert.True(await connection.IsClosedAsync());
        Assert.Single(_portal.ReadingsOf(serial));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Heartbeat_ThenFin_IsStoredAndAnswered(bool isChunked)
    {
        var serial = Some.Serial();
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        var (head, body) = Request(GatewayPaths.Heartbeat, Some.Heartbeat(serial), isChunked);

        await connection.SendAsync(head + body);
        await connection.EndSendingAsync();

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
        Assert.Equal(1, _portal.Database.Scalar<long>($"SELECT count(*) FROM gateway WHERE serial = '{serial}'"));
    }

    [Fact]
    public async Task Messages_OneAfterAnotherThenFin_AreAllAnswered()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        var (head, body) = Request(GatewayPaths.Heartbeat, "{}", isChunked: false);

        await connection.SendAsync(head + body + head + body);
        await connection.EndSendingAsync();

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Measurements_CutShortByFin_AreNoMessage(bool isChunked, bool hasHeadFirst)
    {
        var serial = Some.Serial();
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        var (head, body) = Request(GatewayPaths.Measurements, Some.Body(Some.Record(serial, Some.Now())), isChunked);

        await SendAsync(connection, hasHeadFirst ? [head, body[..^1]] : [head + body[..^1]]);
        await connection.EndSendingAsync();

        Assert.True(await connection.IsClosedAsync());
        Assert.Empty(_portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Head_CutShortByFin_IsClosed()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync($"POST {GatewayPaths.Measurements} HTTP/1.1\r\nHost: por");
        await connection.EndSendingAsync();

        Assert.Equal(400, (await connection.ReadReplyAsync()).Status);
        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task Connection_EndedWithoutARequest_IsClosed()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.EndSendingAsync();

        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task Health_ThenFin_IsAnswered()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync("GET /health/ready HTTP/1.1\r\nHost: portal\r\n\r\n");
        await connection.EndSendingAsync();

        Assert.Equal(200, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task LiveConnection_ThenFin_IsClosedAtOnce()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        await connection.SendAsync(
            $"GET {LiveHub.Path} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {PortalUnderTest.ApiToken}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.Equal(101, await connection.ReadStatusAsync());

        // Long before the hub itself misses its client, after half a minute.
        await connection.EndSendingAsync();

        Assert.True(await connection.IsClosedAfterAllAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Measurements_OverTlsThenFin_AreStoredAndAnswered(bool isChunked)
    {
        using var directory = new TemporaryDirectory();
        var files = new CertificateDirectory(directory.Path);
        using var ca = LanCertificates.MakeCa("test", DateTimeOffset.UtcNow);
        using var server = LanCertificates.MakeServer(ca, ["localhost"], [System.Net.IPAddress.Loopback], 100, DateTimeOffset.UtcNow);
        files.WriteServer(server);
        await using var portal = await PortalUnderTest.StartAsync(new()
        {
            Settings = { ["Portal:Tls:Url"] = "https://127.0.0.1:0", ["Portal:Tls:CertificatePath"] = files.Server, ["Portal:Tls:KeyPath"] = files.ServerKey },
        });
        using var connection = await RawConnection.OpenTlsAsync(portal.SecureAddress);
        var (head, body) = Request(GatewayPaths.Measurements, Some.Body(Some.Record(Some.Serial(), Some.Now())), isChunked);

        await connection.SendAsync(head + body);
        await connection.EndSendingAsync();

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
        Assert.Equal(1, portal.Database.Count("reading"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Download_ThatIsGivenUp_Ends(bool isReset)
    {
        var endless = new Endless();
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Customise = builder => builder.Services.AddSingleton<IStartupFilter>(endless) });
        var connection = await RawConnection.OpenAsync(portal.Address);
        await connection.SendAsync("GET /endless HTTP/1.1\r\nHost: portal\r\n\r\n");
        await endless.Begun.WaitAsync(Until.Patience);

        if (isReset)
        {
            connection.Reset();
        }

        connection.Dispose();

        await endless.Ended.WaitAsync(Until.Patience);
    }

    private static (string Head, string Body) Request(string path, string body, bool isChunked) => isChunked
        ? (
            $"POST {path} HTTP/1.1\r\nHost: portal\r\nX-Api-Token: {PortalUnderTest.GatewayToken}\r\nTransfer-Encoding: chunked\r\n\r\n",
            $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n")
        : (RawConnection.Head(path, body.Length), body);

    private static async Task SendAsync(RawConnection connection, params string[] parts)
    {
        foreach (var part in parts)
        {
            await connection.SendAsync(part);
        }
    }

    /// <summary>Answers without an end, until the server says that nobody reads.</summary>
    private sealed class Endless : IStartupFilter
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public Task Ended => _ended.Task;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(AnswerAsync);
            next(app);
        };

        private async Task AnswerAsync(HttpContext context, RequestDelegate next)
        {
            if (context.Request.Path != "/endless")
            {
                await next(context);
                return;
            }

            using var ended = context.RequestAborted.Register(_ended.SetResult);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 10_000));
                _begun.TrySetResult();
            }
        }
    }
}
