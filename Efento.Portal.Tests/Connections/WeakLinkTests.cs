using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Connections;

/// <summary>Who is known may be slow; who is not may not. The least rate, five seconds long by default, is one second long here.</summary>
public sealed class WeakLinkTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3.5);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new()
    {
        Customise = builder => builder.Services.Configure<KestrelServerOptions>(
            kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.1))),
    });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Body_OfAKnownSenderThatPauses_IsStored()
    {
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now(), handle: 3));
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, body.Length) + body[..10]);

        await Task.Delay(Pause, TestContext.Current.CancellationToken);
        await connection.SendAsync(body[10..]);

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
        Assert.Equal(1, _portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Body_OfAStrangerThatPauses_IsEnded()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            $"POST /sign-in HTTP/1.1\r\nHost: portal\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=");

        Assert.InRange((await connection.ReadReplyAsync()).Status, 400, 499);
        Assert.True(await connection.IsClosedAsync());
    }
}
