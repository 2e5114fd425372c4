using System.Net;
using System.Net.WebSockets;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What browsers are told, and who may open a circuit.</summary>
public sealed class PageHeaderTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    [Theory]
    [InlineData("")]
    [InlineData("gateways")]
    [InlineData("no-such-page")]
    [InlineData("admin/audit")]
    [InlineData("assets/portal.js")]
    [InlineData("downloads/audit.csv")]
    [InlineData("health/live")]
    [InlineData("error")]
    public async Task Answer_OfAnyPage_HasOnePolicyAndNoHsts(string path)
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);

        using var answer = await admin.GetAsync(path);

        Assert.Equal(
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("sign-in", "br")]
    [InlineData("_content/MudBlazor/MudBlazor.min.css", "br")]
    [InlineData("health/live", null)]
    public async Task Answer_ToWhoTakesIt_IsCompressedIfItIsAPage(string path, string? encoding)
    {
        using var browser = new HttpClient { BaseAddress = _portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    [Fact]
    public async Task Page_SignedOut_HasThePolicyToo()
    {
        using var nobody = new PeopleClient(_portal.Address);

        using var page = await nobody.GetAsync("sign-in");

        Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotMatch("<script(?![^>]* src=)[^>]*>", html);
        Assert.DoesNotMatch("(?i)<[^>]+ on[a-z]+=", html);
    }

    [Fact]
    public async Task Page_OfSomebodySignedIn_IsNotKept()
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);

        using var page = await admin.GetAsync("gateways");

        Assert.True(page.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData(GatewayPaths.Measurements, PortalUnderTest.GatewayToken)]
    [InlineData(GatewayPaths.Heartbeat, PortalUnderTest.GatewayToken)]
    [InlineData(GatewayPaths.Heartbeat, "wrong")]
    public async Task GatewayRoute_Answer_HasAtMostTenHeadersAndNoneOfThese(string path, string token)
    {
        var reply = await _portal.Client.PostAsync(path, "{}"u8.ToArray(), request =>
        {
            request.Headers.Remove("X-Api-Token");
            request.Headers.Add("X-Api-Token", token);
        });

        Assert.Equal(
            ["Content-Length", "Content-Type", "Date"], reply.Headers.Select(h => h.Name).Where(name => name != "Connection").Order());
    }

    [Fact]
    public async Task GatewayRoute_WrongMethod_HasNoneOfThese()
    {
        var reply = await _portal.Client.GetAsync(GatewayPaths.Measurements);

        Assert.Equal((405, null), (reply.Status, reply["Content-Security-Policy"]));
    }

    [Fact]
    public async Task Cookies_OfSignIn_AreOutOfReachOfScriptsAndOtherSites()
    {
        using var somebody = new PeopleClient(_portal.Address);

        using var form = await somebody.GetAsync("sign-in");
        using var answer = await somebody.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);

        var cookies = form.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")).ToList();
        Assert.Equal(3, cookies.Select(c => c.Split('=')[0]).Distinct().Count());
        Assert.All(cookies, c => Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Matches("(?i); samesite=(lax|strict)", c));
    }

    [Theory]
    [InlineData("sign-in", "sign-in")]
    [InlineData("sign-out", "sign-out")]
    public async Task Form_WithoutItsToken_IsRefused(string path, string form)
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);
        using var http = new HttpClient(new HttpClientHandler
        {
            CookieContainer = admin.Cookies,
            AllowAutoRedirect = false
        })
        { BaseAddress = _portal.Address };
        using var content = new FormUrlEncodedContent(
            [new("_handler", form), new("Input.Email", PortalUnderTest.AdminEmail), new("Input.Password", PortalUnderTest.AdminPassword)]);

        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        using var page = await admin.GetAsync("gateways");

        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.Redirect]);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("sign-in", "/sign-in?outdated=1")]
    [InlineData("sign-in?from=%2Fgateways", "/sign-in?from=%2Fgateways&outdated=1")]
    [InlineData("sign-in?outdated=1", "/sign-in?outdated=1")]
    [InlineData("setup?code=x", "/setup?code=x&outdated=1")]
    [InlineData("invitation/x", "/invitation/x?outdated=1")]
    public async Task Form_OfAnOutdatedPage_LeadsToThePageWithWords(string path, string again)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _portal.Address };
        using var content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("__RequestVerificationToken", "of other keys")]);

        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        var page = await http.GetStringAsync(answer.Headers.Location);

        Assert.Equal((HttpStatusCode.SeeOther, again), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains("This page was out of date", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_OfSomebodySignedOut_LeadsToTheSignIn()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _portal.Address,
            DefaultRequestHeaders = { { "Accept", "text/html" } }
        };
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", "of a page that is still open")]);

        using var answer = await http.PostAsync(new Uri("sign-out", UriKind.Relative), form);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task SignIn_BehindAProxyThatHidesTheAddress_SaysWhichHeaderIsMissing()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var proxied = new PeopleClient(portal.Address, null, ("Origin", "https://portal.hospital.example"));
        using var browser = new PeopleClient(portal.Address);

        using var answer = await proxied.PostAsync("sign-in");
        using var page = await browser.GetAsync(answer.Headers.Location!.ToString());
        var text = await page.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.SeeOther, "/wrong-host"), (answer.StatusCode, answer.Headers.Location.ToString()));
        Assert.Contains("proxy_set_header Host", text, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{portal.Address.Port}", text, StringComparison.Ordinal);
        Assert.Contains(
            portal.Log, line =>
                line.Contains("https://portal.hospital.example", StringComparison.Ordinal)
                    && line.Contains("the header Host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Circuit_OfThePortalsOwnPage_Opens()
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);

        using var socket = await ConnectAsync(admin, $"http://127.0.0.1:{_portal.Address.Port}");

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("null")]
    public async Task Circuit_OfAForeignPage_IsRefused(string origin)
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);

        var fault = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(admin, origin));

        Assert.Contains("403", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circuit_OfNobody_IsRefused()
    {
        using var nobody = new PeopleClient(_portal.Address);

        var fault = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(nobody, $"http://127.0.0.1:{_portal.Address.Port}"));

        Assert.Contains("401", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_OfCookies_AreTheirOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        var keys = Path.Combine(Path.GetDirectoryName(_portal.Database.Path)!, "keys");
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        Assert.Equal(Owner | UnixFileMode.UserExecute, new DirectoryInfo(keys).UnixFileMode);
        Assert.NotEmpty(Directory.GetFiles(keys));
        Assert.All(Directory.GetFiles(keys), key => Assert.Equal(Owner, new FileInfo(key).UnixFileMode));
    }

    private async Task<ClientWebSocket> ConnectAsync(PeopleClient somebody, string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = somebody.Cookies;
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_portal.Address.Port}/_blazor"), TestContext.Current.CancellationToken);
        return socket;
    }
}
