using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Requests that name no host or a strange one are no fault of the portal.</summary>
public sealed class BareRequestTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    [Theory]
    [InlineData("GET /no/such/page HTTP/1.0", "", 404)]
    [InlineData("GET /sign-in HTTP/1.0", "", 200)]
    [InlineData("GET /sign-in HTTP/1.1", "Host: \r\n", 200)]
    [InlineData("GET /assets/none.js HTTP/1.0", "", 404)]
    [InlineData("GET /%ff HTTP/1.0", "", 404)]
    [InlineData("GET /a%2f..%2fb HTTP/1.0", "", 404)]
    [InlineData("GET /error HTTP/1.0", "", 200)]
    [InlineData("POST /no/such HTTP/1.0", "Content-Length: 0\r\n", 404)]
    [InlineData("GET / HTTP/1.0", "", 302)]
    [InlineData("GET /sign-in HTTP/1.1", "Host: portal:99999\r\n", 400)]
    [InlineData("GET /no/such HTTP/1.1", "Host: portal:99999\r\n", 400)]
    [InlineData("GET /sign-in HTTP/1.0", "Host: [::\r\n", 400)]
    public async Task Request_WithoutAUsableHost_IsNoFaultOfThePortal(string line, string host, int status)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync($"{line}\r\n{host}Accept: text/html\r\n\r\n");

        Assert.Equal(status, await connection.ReadStatusAsync());
        Assert.DoesNotContain(_portal.Log, entry => entry.StartsWith("Error:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host: portal:99999\r\n")]
    public async Task Gateway_WithoutAUsableHost_IsTaken(string host)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            $"POST {GatewayPaths.Heartbeat} HTTP/1.0\r\n{host}X-Api-Token: {PortalUnderTest.GatewayToken}\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
    }
}
