using Efento.Portal.Access;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Integration;

/// <summary>What gateways send to wrong paths or in a wrong form is counted, so that whoever set them up finds it.</summary>
public sealed class RejectedSenderTests : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new()
    {
        Customise = builder =>
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1)),
    });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Message_ToAWrongPath_IsAnswered404AndCountedWithPathAndToken()
    {
        foreach (
            var path in (string[])["//api/v4/measurements", "/api/v1/measurements", "/api/v4/measurement", "/", "/sign-in", "/api/v1/loggers", "/_blazor", "/health/live"])
        {
            using var connection = await RawConnection.OpenAsync(_portal.Address);
            await connection.SendAsync(RawConnection.Head($"{path}?token=secret", 2) + "[]");
            var reply = await connection.ReadReplyAsync();

            Assert.Equal((path, 404), (path, reply.Status));
            Assert.Contains("/api/v4/measurements", reply.Body);
            var refusal = Assert.Single(Recent());
            Assert.Equal(("127.0.0.1", TokenVerdict.WrongPath, path, 1), (refusal.Address, refusal.Reason, refusal.Path, refusal.TokenId));
        }

        Assert.Equal(8, Assert.Single(Recent()).Count);
        Assert.Equal(0, _portal.Database.Count("message"));
    }

    [Theory]
    [InlineData("/api/v1/measurements")]
    [InlineData("/measurements")]
    [InlineData("/")]
    public async Task Json_WithoutATokenToAWrongPath_IsCounted(string path)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(path, 2, token: null) + "[]");

        Assert.Equal(404, (await connection.ReadReplyAsync()).Status);
        var refusal = Assert.Single(Recent());
        Assert.Equal((TokenVerdict.WrongPath, path, null), (refusal.Reason, refusal.Path, refusal.TokenId));
    }

    [Theory]
    [InlineData("POST /no/such/page", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n")]
    [InlineData("PUT /api/v1/maintenance", "Content-Type: application/json\r\nContent-Length: 2\r\nAuthorization: Bearer wrong\r\n")]
    [InlineData("PUT /api/v1/none", "Content-Type: application/json\r\nContent-Length: 2\r\nAuthorization: Bearer wrong\r\nX-Api-Token: x\r\n")]
    [InlineData("GET /no/such/page", "")]
    public async Task Request_OfABrowserOrProgram_IsNoGateways(string line, string headers)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            $"{line} HTTP/1.1\r\nHost: portal\r\n{headers}\r\n{(headers.Contains("Length: 2", StringComparison.Ordinal) ? "{}" : "")}");

        Assert.InRange(await connection.ReadStatusAsync(), 400, 499);
        Assert.Empty(Recent());
    }

    [Theory]
    [InlineData("RUBBISH\r\n\r\n", TokenVerdict.Malformed, null)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", TokenVerdict.Malformed, null)]
    [InlineData("POST /api/v4/measurements HTTP/1.1\r\nHost: portal\r\nContent-Length: many\r\n\r\n", TokenVerdict.Malformed, "/api/v4/measurements")]
    [InlineData("POST /api/v4/measurements HTTP/1.1\r\nHost: por", TokenVerdict.TooSlow, "/api/v4/measurements")]
    public async Task Request_NoServerUnderstands_IsCounted(string request, TokenVerdict reason, string? path)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(request);

        Assert.True(await connection.IsClosedAfterAllAsync());
        var refusal = Assert.Single(Recent());
        Assert.Equal(("127.0.0.1", reason, path), (refusal.Address, refusal.Reason, refusal.Path));
    }

    [Fact]
    public async Task Body_CutShort_IsCountedWithItsToken()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 100) + "[");
        await connection.EndSendingAsync();

        await Until.TrueAsync(() => Recent().Count == 1);
        var refusal = Recent()[0];
        Assert.Equal((TokenVerdict.Malformed, GatewayPaths.Measurements, 1), (refusal.Reason, refusal.Path, refusal.TokenId));
    }

    [Fact]
    public async Task Paths_OfAnyNumber_AreOneSender()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        for (var i = 0; i < 500; i++)
        {
            await connection.SendAsync(RawConnection.Head($"/{i}{new string('\u007f', i)}", 2) + "[]");
            Assert.Equal(404, (await connection.ReadReplyAsync()).Status);
        }

        var refusal = Assert.Single(Recent());
        Assert.Equal(500, refusal.Count);
        Assert.Equal(100, refusal.Path!.Length);
        Assert.Matches("^[!-~]+$", refusal.Path);
        await _portal.Hosted<Portal.Ingest.PeriodicWriter>().FlushAsync(CancellationToken.None);
        Assert.Equal(1, _portal.Database.Count("refusal"));
    }

    private IReadOnlyList<RecentRefusal> Recent() => _portal.Get<RefusalCounter>().Recent(TimeSpan.FromHours(1));
}
