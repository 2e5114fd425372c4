using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>Who may read the figures.</summary>
public sealed class MetricsAccessTests
{
    private const string Limited = "limited-token-of-the-tests";

    [Fact]
    public async Task Get_TokenWithTheScope_IsAnsweredInTheFormOfPrometheus()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var token = await portal.Get<TokenIssuer>().IssueApiTokenAsync("Prometheus", ApiScopes.MetricsRead);

        var reply = await portal.AskAsync("/metrics", token);

        Assert.Equal((200, "no-store"), (reply.Status, reply["Cache-Control"]));
        Assert.StartsWith("text/plain; ", reply["Content-Type"]);
        Assert.Contains("# TYPE efento_ingest_queue_messages gauge", reply.Body);
    }

    [Fact]
    public async Task Get_AllReads_IsPartOfThem()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        Assert.Equal(200, (await portal.AskAsync("/metrics")).Status);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("no-such-token", 401)]
    [InlineData(PortalUnderTest.GatewayToken, 401)]
    public async Task Get_NoValidToken_IsRefused(string? token, int status)
    {
        await using var portal = await PortalUnderTest.StartAsync();

        Assert.Equal(status, (await portal.AskAsync("/metrics", token)).Status);
    }

    [Fact]
    public async Task Get_AnotherScope_IsRefusedAndNamesTheOneNeeded()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var token = await portal.Get<TokenIssuer>().IssueApiTokenAsync("Report", ApiScopes.MeasurementsRead);

        var reply = await portal.AskAsync("/metrics", token);

        Assert.Equal(403, reply.Status);
        Assert.Contains(ApiScopes.MetricsRead, reply.Body);
    }

    /// <summary>The figures tell how many loggers others have, and that their alarms go on.</summary>
    [Theory]
    [InlineData(ApiScopes.AllReads)]
    [InlineData(ApiScopes.MetricsRead)]
    public async Task Get_TokenLimitedToLocations_IsRefused(string scope)
    {
        await using var wards = await TwoWards.StartAsync();
        await wards.Portal.Get<TokenIssuer>().AddApiTokenAsync(
            Actor.Command, "Ward", scope, Limited, new LocationLimit([wards.Ward]), TestContext.Current.CancellationToken);

        var reply = await wards.Portal.AskAsync("/metrics", Limited);

        Assert.Equal(403, reply.Status);
        Assert.Contains("limited to locations", reply.Body);
    }

    [Fact]
    public async Task Issue_LimitedToLocations_IsRefused()
    {
        await using var wards = await TwoWards.StartAsync();

        var outcome = await wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync(
            Actor.Command, new ApiTokenDraft { Name = "Ward", Scopes = [ApiScopes.MetricsRead], Limit = new LocationLimit([wards.Ward]) });

        Assert.Equal(new AccessFault(AccessFaultKind.TokenScopeOfSite, ApiScopes.MetricsRead), Assert.Single(outcome.Faults));
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.0.0.0/8", 200)]
    [InlineData("10.0.0.0/8", 401)]
    public async Task Get_FromANamedNetwork_NeedsNoToken(string network, int status)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Telemetry:MetricsNetworks:0"] = network } });

        Assert.Equal(status, (await portal.AskAsync("/metrics", token: null)).Status);
        Assert.Equal(401, (await portal.AskAsync("/api/v1/loggers", token: null)).Status);
    }

    /// <summary>Only a proxy that is trusted can say from where a request came.</summary>
    [Fact]
    public async Task Get_FromElsewhereThroughATrustedProxy_NeedsAToken()
    {
        await using var portal = await PortalUnderTest.StartAsync(new()
        {
            Settings = { ["Portal:Telemetry:MetricsNetworks:0"] = "127.0.0.1", ["Portal:Access:TrustedProxies:0"] = "127.0.0.1" },
        });
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");

        Assert.Equal(401, (await portal.Client.SendAsync(request)).Status);
    }
}
