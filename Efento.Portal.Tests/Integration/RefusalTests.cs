using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Who is not let in, and what becomes of HTTP that is broken.</summary>
public sealed class RefusalTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("no-such-token", "not known")]
    public async Task Token_MissingOrUnknown_IsAnswered401WithTheReason(string? token, string reason)
    {
        var reply = await PostWithAsync(token, GatewayPaths.Measurements, Some.Body(Some.Record(Some.Serial(), Some.Now())));

        Assert.Equal(401, reply.Status);
        Assert.Equal("application/json", reply["Content-Type"]);
        Assert.Contains(reason, reply.Body);
    }

    [Fact]
    public async Task Token_Revoked_IsAnswered401WithTheReason()
    {
        var token = await _portal.Get<TokenIssuer>().IssueGatewayTokenAsync("old gateway");
        Assert.Equal(201, (await PostWithAsync(token, GatewayPaths.Heartbeat, "{}")).Status);
        var id = (await _portal.Get<TokenIssuer>().ListGatewayTokensAsync()).Single(t => t.Name == "old gateway").Id;

        await _portal.Get<TokenIssuer>().RevokeGatewayTokenAsync(id);

        var reply = await PostWithAsync(token, GatewayPaths.Heartbeat, "{}");
        Assert.Equal(401, reply.Status);
        Assert.Contains("revoked", reply.Body);
    }

    [Fact]
    public async Task Token_SecondOneWhileRotating_IsValidToo()
    {
        var token = await _portal.Get<TokenIssuer>().IssueGatewayTokenAsync("rotated");

        Assert.Equal(201, (await PostWithAsync(token, GatewayPaths.Heartbeat, "{}")).Status);
        Assert.Equal(201, (await _portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Token_OfApi_DoesNotLetGatewaysIn()
    {
        Assert.Equal(401, (await PostWithAsync(PortalUnderTest.ApiToken, GatewayPaths.Heartbeat, "{}")).Status);
    }

    [Fact]
    public void Tokens_AtRest_AreHashes()
    {
        var file = System.Text.Encoding.Latin1.GetString(ReadAll(_portal.Database.Path))
            + System.Text.Encoding.Latin1.GetString(ReadAll(_portal.Database.Path + "-wal"));

        Assert.DoesNotContain(PortalUnderTest.GatewayToken, file);
        Assert.DoesNotContain(PortalUnderTest.ApiToken, file);
        Assert.Equal(32, _portal.Database.Scalar<long>("SELECT length(hash) FROM gateway_token WHERE name = 'Set-up'"));
    }

    [Fact]
    public async Task Token_Unknown_IsRefusedBeforeTheBodyIsThere()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 1_000_000, "no-such-token"));

        Assert.Equal(401, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task Token_UnknownAndExpectingToContinue_IsNotToldToContinue()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 1_000_000, "no-such-token", "Expect: 100-continue\r\n"));

        Assert.Equal(401, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task Rejected_AfterARestart_IsStillKnownAndCountsOn()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.PostAsync(GatewayPaths.Measurements, "{}"u8.ToArray(), SetToken("guess"));
        await portal.RestartAsync();
        await portal.Client.PostAsync(GatewayPaths.Measurements, "{}"u8.ToArray(), SetToken("guess"));

        var refusal = Assert.Single(portal.Get<RefusalCounter>().Recent(TimeSpan.FromHours(1)));
        Assert.Equal(("127.0.0.1", TokenVerdict.Unknown, 2L), (refusal.Address, refusal.Reason, refusal.Count));
        await portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);
        Assert.Equal("2", Assert.Single(portal.Database.Lines("SELECT count FROM refusal")));
    }

    [Fact]
    public async Task Message_Refused_LeavesNothingButItsCount()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await portal.Client.PostAsync(GatewayPaths.Measurements, "not json"u8.ToArray(), SetToken("guess"));
        }

        await portal.Client.PostAsync(GatewayPaths.Heartbeat, "{}"u8.ToArray(), SetToken(null));
        await portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);
        await portal.Client.PostAsync(GatewayPaths.Heartbeat, "{}"u8.ToArray(), SetToken(null));
        await portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);

        Assert.Equal(
            [$"127.0.0.1|{(int)TokenVerdict.Missing}|2", $"127.0.0.1|{(int)TokenVerdict.Unknown}|3"],
            portal.Database.Lines("SELECT address, reason, count FROM refusal ORDER BY reason"));
        Assert.All(
            (string[])["message", "gateway", "quarantine_item", "kept_body", "seen_shape"], table =>
                Assert.Equal(0, portal.Database.Count(table)));
    }

    [Fact]
    public async Task Body_AnnouncedTooLarge_Is413BeforeItIsSentAndTheConnectionIsClosed()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = "1000" } });
        using var connection = await RawConnection.OpenAsync(portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 1001));
        var reply = await connection.ReadReplyAsync();

        Assert.Equal(413, reply.Status);
        Assert.Equal("close", reply["Connection"]);
        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task Body_TooLargeInChunks_Is413AndTheConnectionIsToBeClosed()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = "1000" } });
        using var connection = await RawConnection.OpenAsync(portal.Address);

        await connection.SendAsync(
            $"POST {GatewayPaths.Measurements} HTTP/1.1\r\nHost: portal\r\nX-Api-Token: {PortalUnderTest.GatewayToken}\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.SendAsync($"800\r\n{new string(' ', 0x800)}\r\n");
        var reply = await connection.ReadReplyAsync();

        Assert.Equal(413, reply.Status);
        Assert.Equal("close", reply["Connection"]);
    }

    [Fact]
    public async Task Body_TooLarge_IsKeptInTheLedgerAsAGatewayThatIsStuck()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = "1000" } });
        await portal.Client.BeatAsync(Some.Heartbeat("282C03000001"));
        using var connection = await RawConnection.OpenAsync(portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 70_000_000));
        await connection.ReadReplyAsync();

        await Until.TrueAsync(() => portal.Database.Count("message") == 2);
        Assert.Equal(
            ["282C03000001|70000000|413"],
            portal.Database.Lines(
                "SELECT g.serial, m.bytes, m.answer FROM message m JOIN gateway g ON g.id = m.gateway_id WHERE m.answer <> 201"));
    }

    [Fact]
    public async Task Body_AsLargeAsTheLimit_IsTaken()
    {
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now()));
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = $"{body.Length}" } });

        Assert.Equal(201, (await portal.Client.MeasureAsync(body)).Status);
        Assert.Equal(413, (await portal.Client.MeasureAsync(body + " ")).Status);
    }

    [Theory]
    [InlineData("RUBBISH\r\n\r\n", 400)]
    [InlineData("POST /api/v4/measurements HTTP/1.1\r\nHost: portal\r\nContent-Length: many\r\n\r\n", 400)]
    [InlineData("POST /api/v4/measurements HTTP/1.1\r\n\r\n", 400)]
    public async Task Http_Malformed_IsAnsweredByTheServer(string request, int status)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(request);

        var reply = await connection.ReadReplyAsync();
        Assert.Equal(status, reply.Status);
        Assert.True(reply.Headers.Count <= 10);
    }

    [Fact]
    public async Task Chunks_Malformed_AreAnswered400()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            $"POST {GatewayPaths.Measurements} HTTP/1.1\r\nHost: portal\r\nX-Api-Token: {PortalUnderTest.GatewayToken}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

        Assert.Equal(400, (await connection.ReadReplyAsync()).Status);
        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task Headers_TooLarge_AreAnswered431()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 2, more: $"X-Long: {new string('x', 40_000)}\r\n") + "{}");

        Assert.Equal(431, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task Sender_HangsUpHalfway_StoresNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using (var connection = await RawConnection.OpenAsync(portal.Address))
        {
            await connection.SendAsync(RawConnection.Head(GatewayPaths.Measurements, 1_000) + "{");
        }

        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body())).Status);
        Assert.Equal(1, portal.Database.Count("message"));
        Assert.Equal(0, portal.Database.Count("quarantine_item"));
    }

    [Theory]
    [InlineData("80000000")]
    [InlineData("ffffffff")]
    [InlineData("100000000")]
    [InlineData("7fffffffffffffff")]
    public async Task Chunk_OfTwoGigabytesOrMore_IsAnswered400AndStoresNothing(string size)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        var messages = _portal.Database.Count("message");

        await connection.SendAsync(
            $"POST {GatewayPaths.Heartbeat} HTTP/1.1\r\nHost: portal\r\nX-Api-Token: {PortalUnderTest.GatewayToken}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n");

        Assert.Equal(400, (await connection.ReadReplyAsync()).Status);
        Assert.Equal(messages, _portal.Database.Count("message"));
    }

    [Fact]
    public async Task Token_SentTwiceWithOneValue_IsTakenAsOne()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            RawConnection.Head(GatewayPaths.Heartbeat, 2, more: $"x-api-token: {PortalUnderTest.GatewayToken}\r\n") + "{}");

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task GatewaySerial_SentTwice_NamesOneGateway()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);
        var serial = Some.Serial();
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now()));

        await connection.SendAsync(
            RawConnection.Head(
                GatewayPaths.Measurements, body.Length, more: $"X-Gateway-Serial: {serial}\r\nX-Gateway-Serial: {serial}\r\n")
                + body);

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
        Assert.Equal(1, _portal.Database.Scalar<long>("SELECT count(*) FROM gateway WHERE serial = $0", serial));
    }

    [Fact]
    public async Task Token_SentTwiceWithTwoValues_IsRefused()
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Heartbeat, 2, more: "X-Api-Token: another\r\n") + "{}");

        var reply = await connection.ReadReplyAsync();
        Assert.Equal(401, reply.Status);
        Assert.Contains("not known", reply.Body);
    }

    [Theory]
    [InlineData("http://portal:5080", "Host: portal\r\n")]
    [InlineData("http://portal", "Host: portal:5080\r\n")]
    [InlineData("http://192.168.7.20:5080", "Host: portal.lan\r\n")]
    [InlineData("http://portal:80", "Host: portal\r\n")]
    public async Task RequestLine_WithAnAbsoluteAddress_Counts(string address, string host)
    {
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            $"POST {address}{GatewayPaths.Heartbeat} HTTP/1.1\r\n{host}X-Api-Token: {PortalUnderTest.GatewayToken}\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.Equal(201, (await connection.ReadReplyAsync()).Status);
    }

    private Task<PortalReply> PostWithAsync(string? token, string path, string body) =>
        _portal.Client.PostAsync(path, System.Text.Encoding.UTF8.GetBytes(body), SetToken(token));

    private static Action<HttpRequestMessage> SetToken(string? token) => request =>
    {
        request.Headers.Remove("X-Api-Token");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Api-Token", token);
        }
    };

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
