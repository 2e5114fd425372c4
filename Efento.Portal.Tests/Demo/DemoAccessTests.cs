using System.Net;
using Efento.Portal.Demo;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Demo;

/// <summary>Whom the demo lets in, and as whom.</summary>
public sealed class DemoAccessTests
{
    private readonly DemoClock _clock = new(TimeProvider.System, Some.Now().AddDays(-30));

    [Fact]
    public async Task Visitor_OnceItIsReady_IsAdministratorWithoutAForm()
    {
        await using var portal = await StartReadyAsync();
        using var visitor = new PeopleClient(portal.Address);

        using var first = await visitor.GetAsync("admin/users");
        using var signIn = await visitor.GetAsync(first.Headers.Location!.PathAndQuery);
        using var page = await visitor.GetAsync(signIn.Headers.Location!.OriginalString);

        Assert.Equal("/admin/users", signIn.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_LeadingElsewhere_LeadsToTheOverview(string from)
    {
        await using var portal = await StartReadyAsync();
        using var visitor = new PeopleClient(portal.Address);

        using var signIn = await visitor.GetAsync($"sign-in?from={Uri.EscapeDataString(from)}");

        Assert.Equal("/", signIn.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("", "evil.example")]
    [InlineData("sign-in", "evil.example:5080")]
    [InlineData("sign-in", "127.0.0.1.evil.example")]
    [InlineData("sign-in", "192.0.2.7")]
    [InlineData("health/live", "evil.example")]
    [InlineData("api/v4/measurements", "evil.example")]
    public async Task Request_ByAForeignName_IsRefusedWithoutACookie(string path, string host)
    {
        await using var portal = await StartReadyAsync();
        using var visitor = new PeopleClient(portal.Address, null, ("Host", host));

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5080")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5080")]
    public async Task Request_ByAnOwnName_IsTaken(string host)
    {
        await using var portal = await StartReadyAsync();
        using var visitor = new PeopleClient(portal.Address, null, ("Host", host));

        using var answer = await visitor.GetAsync("health/live");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sign-in")]
    [InlineData("gateways")]
    public async Task Visitor_BeforeItIsReady_IsAskedToWait(string path)
    {
        await using var portal = await StartAsync();
        using var visitor = new PeopleClient(portal.Address);

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("getting ready", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ForeignGateway_ComesAgainOnceItIsReady()
    {
        await using var portal = await StartAsync();
        Assert.Equal(503, (await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);

        _clock.TryMove(TimeSpan.FromDays(31));

        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
        Assert.Empty(portal.Quarantined());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gateways")]
    [InlineData("admin/tokens")]
    [InlineData("account")]
    [InlineData("not-allowed")]
    [InlineData("wrong-host")]
    [InlineData("no-such-page")]
    public async Task Page_EachOne_SaysThatItIsADemo(string path)
    {
        await using var portal = await StartReadyAsync();
        using var visitor = new PeopleClient(portal.Address);
        using var signIn = await visitor.GetAsync("sign-in");

        using var page = await visitor.GetAsync(path);

        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("everybody who opens this page is an administrator", text);
        Assert.Contains("All data is simulated and deleted at the end", text);
    }

    [Fact]
    public async Task Demo_ByTheServeCommandsSettings_CannotBeSwitchedOn()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = new() { ["demo"] = "true", ["Demo"] = "true", ["Portal:Demo"] = "true", ["Portal:Setup:Demo"] = "true" } });
        using var nobody = new PeopleClient(portal.Address);

        using var signIn = await nobody.GetAsync("sign-in");

        Assert.DoesNotContain(portal.Services.GetServices<IStartupFilter>(), filter => filter is DemoAccess);
        Assert.Empty(portal.Services.GetServices<DemoNotice>());
        Assert.Contains("type=\"password\"", await signIn.Content.ReadAsStringAsync());
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { Customise = builder => builder.AddDemo(_clock) });

    private Task<PortalUnderTest> StartReadyAsync()
    {
        _clock.TryMove(TimeSpan.FromDays(31));
        return StartAsync();
    }
}
