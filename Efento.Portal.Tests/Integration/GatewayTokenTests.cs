using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>What a gateway token asks for beyond itself, over real HTTP.</summary>
public sealed class GatewayTokenTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private const string Header = "X-Site-Key";

    private readonly PortalUnderTest _portal = shared.Portal;

    [Fact]
    public async Task HeadersAlone_Right_LetTheGatewayIn()
    {
        var issued = await IssueAsync(
            new() { Name = "headers", IsHeadersOnly = true, Headers = [new("X-Key-A", ""), new("X-Key-B", "plain words")] });
        (string, string)[] headers = [.. issued.Headers.Select(h => (h.Name.ToLowerInvariant(), h.Value))];
        var serial = Some.Serial();

        Assert.Null(issued.Text);
        Assert.Equal(201, (await PostAsync(null, headers, Some.Body(Some.Record(serial, Some.Now())))).Status);
        Assert.Equal(201, (await PostAsync("any-word", headers)).Status);
        Assert.Single(_portal.ReadingsOf(serial));
        Assert.Equal(2, _portal.Database.Scalar<long>("SELECT count(*) FROM message WHERE token_id = $0", issued.Id));
    }

    [Theory]
    [InlineData(null, "X-Api-Token is missing")]
    [InlineData("wrong", "X-Key-C has a wrong value")]
    public async Task HeadersAlone_MissingOrWrong_IsAnswered401WithTheReason(string? value, string reason)
    {
        await IssueAsync(new() { Name = "headers", IsHeadersOnly = true, Headers = [new("X-Key-C", "")] });

        var reply = await PostAsync(null, value is null ? [] : [("X-Key-C", value)]);

        Assert.Equal((401, "close"), (reply.Status, reply["Connection"]));
        Assert.Contains(reason, reply.Body);
    }

    [Fact]
    public async Task HeaderBesideTheToken_MissingOrWrong_IsAnswered401WithItsNameAndNeverItsValue()
    {
        var issued = await IssueAsync(new() { Name = "both", Headers = [new(Header, "open sesame")] });

        var missing = await PostAsync(issued.Text, []);
        var wrong = await PostAsync(issued.Text, [(Header, "open barley")]);

        Assert.Equal((401, 401), (missing.Status, wrong.Status));
        Assert.Contains($"{Header} is missing", missing.Body);
        Assert.Contains($"{Header} has a wrong value", wrong.Body);
        Assert.DoesNotContain("sesame", wrong.Body);
        Assert.Equal(201, (await PostAsync(issued.Text, [(Header, "open sesame")])).Status);
        Assert.Contains(
            _portal.Get<RefusalCounter>().Recent(TimeSpan.FromHours(1)), r =>
                r is { Reason: TokenVerdict.HeaderWrong, Header: Header } && r.TokenId == issued.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("\u00e4\u00ff")]
    [InlineData("%00'; DROP TABLE gateway_token; --")]
    public async Task HeaderValue_Hostile_IsRefusedAndTheNextIsServed(string value)
    {
        var issued = await IssueAsync(new() { Name = "both", Headers = [new(Header, "open sesame")] });
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(RawConnection.Head(GatewayPaths.Heartbeat, 2, issued.Text, $"{Header}: {value}\r\n") + "{}");

        Assert.Contains((await connection.ReadReplyAsync()).Status, (int[])[400, 401]);
        Assert.Equal(201, (await PostAsync(issued.Text, [(Header, "open sesame")])).Status);
    }

    [Theory]
    [InlineData("open sesame", 201)]
    [InlineData("close sesame", 401)]
    public async Task Header_SentTwice_IsTakenIfItSaysTheSame(string second, int status)
    {
        var issued = await IssueAsync(new() { Name = "both", Headers = [new(Header, "open sesame")] });
        using var connection = await RawConnection.OpenAsync(_portal.Address);

        await connection.SendAsync(
            RawConnection.Head(GatewayPaths.Heartbeat, 2, issued.Text, $"{Header}: open sesame\r\n{Header}: {second}\r\n") + "{}");

        Assert.Equal(status, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task Header_VeryLong_IsRefused()
    {
        var issued = await IssueAsync(new() { Name = "both", Headers = [new(Header, "open sesame")] });

        Assert.Equal(401, (await PostAsync(issued.Text, [(Header, new string('x', 16_000))])).Status);
    }

    [Fact]
    public async Task Secrets_AtRest_AreHashes()
    {
        var issued = await IssueAsync(new() { Name = "hidden", Headers = [new("X-Hidden", "a value nobody may find")] });
        var file = string.Concat(
            ((string[])["", "-wal"]).Select(end => System.Text.Encoding.Latin1.GetString(Read(_portal.Database.Path + end))));

        Assert.Contains("X-Hidden", file);
        Assert.DoesNotContain("a value nobody may find", file);
        Assert.DoesNotContain(issued.Text!, file);
    }

    [Fact]
    public async Task Token_Expired_IsAnswered401WithTheReason()
    {
        var time = new FakeTimeProvider(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        var issued = await portal.Get<TokenIssuer>().IssueAsync(new() { Name = "short", ExpiresUtc = time.GetUtcNow().AddMinutes(5) });
        using var gateway = new PortalClient(portal.Address, issued.Text!);

        Assert.Equal(201, (await gateway.BeatAsync("{}")).Status);
        time.Advance(TimeSpan.FromMinutes(5));
        var reply = await gateway.BeatAsync("{}");

        Assert.Equal(401, reply.Status);
        Assert.Contains("expired", reply.Body);
    }

    [Theory]
    [InlineData("127.0.0.0/8", 201)]
    [InlineData("10.0.0.0/8 127.0.0.1", 201)]
    [InlineData("127.3.2.1/8", 201)]
    [InlineData("::ffff:127.0.0.0/104", 201)]
    [InlineData("::ffff:127.0.0.1", 201)]
    [InlineData("10.0.0.0/8", 401)]
    public async Task Token_LimitedToNetworks_IsTakenFromThemAlone(string networks, int status)
    {
        var issued = await IssueAsync(new() { Name = "net", Networks = networks });

        Assert.Equal(status, (await PostAsync(issued.Text, [])).Status);
    }

    [Fact]
    public async Task Token_LimitedToGateways_BindsHeartbeatsAlone()
    {
        var issued = await IssueAsync(new() { Name = "one gateway", Serials = "282c0000aaaa" });

        Assert.Equal(201, (await PostAsync(issued.Text, [], Some.Heartbeat("282C0000AAAA"), GatewayPaths.Heartbeat)).Status);
        var other = await PostAsync(issued.Text, [], Some.Heartbeat("282C0000BBBB"), GatewayPaths.Heartbeat);
        Assert.Equal(401, other.Status);
        Assert.Contains("heartbeats of this gateway", other.Body);
        Assert.Equal(401, (await PostAsync(issued.Text, [], "{}", GatewayPaths.Heartbeat)).Status);
        Assert.Equal(201, (await PostAsync(issued.Text, [], Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
        Assert.Equal(0, _portal.Database.Scalar<long>("SELECT count(*) FROM gateway WHERE serial = '282C0000BBBB'"));
    }

    [Fact]
    public async Task Use_AfterAMessage_IsKeptOverARestart()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.BeatAsync("{}");
        await portal.AskAsync("/api/v1/loggers");

        await portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);
        var gateway = (await portal.Get<TokenIssuer>().ListGatewayTokensAsync()).Single();
        var program = (await portal.Get<TokenIssuer>().ListApiTokensAsync()).Single();

        Assert.Equal(("127.0.0.1", 0), (gateway.LastUsedAddress, gateway.Version));
        Assert.Equal("127.0.0.1", program.LastUsedAddress);
        Assert.InRange(gateway.LastUsedUtc!.Value, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow);
        await portal.RestartAsync();
        Assert.Equal(gateway.LastUsedUtc, portal.Get<TokenUses>().Of(gateway).LastUsedUtc);
    }

    [Fact]
    public async Task Rotated_MeasurementsBeforeTheNextHeartbeat_BelongToTheSameGateway()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        var rotated = (
            await portal.Get<TokenIssuer>().RotateGatewayTokenAsync(Actor.Portal, 1, 0, DateTimeOffset.UtcNow.AddHours(1))).Issued!;
        using var gateway = new PortalClient(portal.Address, rotated.Text!);

        await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        await gateway.BeatAsync(Some.Heartbeat("282C00000001"));

        Assert.Equal(
            ["282C00000001|3"],
            portal.Database.Lines("SELECT g.serial, count(*) FROM gateway g JOIN message m ON m.gateway_id = g.id GROUP BY g.id"));
    }

    [Fact]
    public async Task Rejected_OnAndOn_IsAnswered401EachTimeWhileAValidGatewayOfTheAddressIsServed()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var stranger = new PortalClient(portal.Address, "guess");
        for (var i = 0; i < 300; i++)
        {
            var reply = await stranger.BeatAsync("{}");
            Assert.Equal((401, "close"), (reply.Status, reply["Connection"]));
        }

        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Theory]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.Operator, false)]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.Administrator, true)]
    public async Task Page_ByRole_ShowsTokensToWhoMaySeeThem(Role role, bool isShown)
    {
        using var person = await PeopleClient.SignedInAsync(_portal, role);

        using var page = await person.GetAsync("admin/tokens");

        var text = await page.Content.ReadAsStringAsync();
        Assert.Equal(isShown, text.Contains("Set-up", StringComparison.Ordinal));
        Assert.Equal(role is Role.Administrator, text.Contains("Issue a gateway token", StringComparison.Ordinal));
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private Task<IssuedToken> IssueAsync(GatewayTokenDraft draft) => _portal.Get<TokenIssuer>().IssueAsync(draft);

    private Task<PortalReply> PostAsync(
        string? token, (string Name, string Value)[] headers, string body = """{"measurements":[]}""",
        string path = GatewayPaths.Measurements) =>
        _portal.Client.PostAsync(path, System.Text.Encoding.UTF8.GetBytes(body), request =>
        {
            request.Headers.Remove("X-Api-Token");
            if (token is not null)
            {
                request.Headers.Add("X-Api-Token", token);
            }

            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        });
}
