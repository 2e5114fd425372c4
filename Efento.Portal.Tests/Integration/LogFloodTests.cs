using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Whoever has no account and no token can't fill the log.</summary>
public sealed class LogFloodTests
{
    private const int Times = 40;
    private const int MostOfAKind = 6;

    [Fact]
    public async Task Strangers_WhateverTheySend_AreAFewLines()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await PostFormAsync(portal);
        var before = portal.Log.Count;

        for (var i = 0; i < Times; i++)
        {
            await PostFormAsync(portal);
            foreach (var request in Requests(i))
            {
                using var connection = await RawConnection.OpenAsync(portal.Address);
                await connection.SendAsync(request);
                await connection.EndSendingAsync();
                Assert.True(await connection.IsClosedAfterAllAsync());
            }
        }

        var kinds = portal.Log.Skip(before)
            .GroupBy(line => line[..Math.Min(40, line.Length)])
            .Select(kind => (kind.Count(), kind.First()))
            .ToList();
        Assert.DoesNotContain(kinds, kind => kind.Item1 > MostOfAKind);
        Assert.InRange(kinds.Count, 0, 8);
    }

    /// <summary>A form with a token of another portal: the framework logs what it finds wrong.</summary>
    private static async Task PostFormAsync(PortalUnderTest portal)
    {
        using var connection = await RawConnection.OpenAsync(portal.Address);
        const string Form = "_handler=sign-in&__RequestVerificationToken=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&Input.Email=a&Input.Password=b";
        await connection.SendAsync(
            $"POST /sign-in HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nCookie: efento-portal-form=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {Form.Length}\r\n\r\n{Form}");
        Assert.Equal(303, await connection.ReadStatusAsync());
    }

    private static IEnumerable<string> Requests(int i) =>
    [
        "RUBBISH\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /sign-in HTTP/1.0\r\n\r\n",
        $"GET /{i} HTTP/1.1\r\nHost: a:b:c\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
        $"GET /{i} HTTP/1.0\r\nAccept: text/html\r\n\r\n",
        "GET /sign-in?from=%00%ff&x=%zz HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc",
        "POST /sign-in HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n_handler=no",
        "POST /sign-in HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
        "GET / HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nCookie: efento-portal=CfDJ8AAAA; efento-portal-screen=x\r\n\r\n",
        "GET /api/v1/loggers HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nAuthorization: Bearer \u00ff\r\n\r\n",
        "GET /_blazor?id=x HTTP/1.1\r\nHost: portal\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n",
        "POST /_blazor/negotiate HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        $"POST {GatewayPaths.Measurements} HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nX-Api-Token: wrong{i}\r\nContent-Length: 9\r\n\r\n[",
        "POST //api/v4/measurements HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nX-Api-Token: wrong\r\nContent-Length: 2\r\n\r\n[]",
    ];
}
