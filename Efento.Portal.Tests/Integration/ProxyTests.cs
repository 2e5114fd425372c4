using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The portal behind real proxies, set up as docs/operations.md says.</summary>
public sealed partial class ProxyTests
{
    [Fact]
    public async Task Nginx_AsDocumented_PassesEverything()
    {
        await using var portal = await StartAsync();
        using var directory = new TemporaryDirectory();
        var port = ServerProcess.FreePort();
        var block = Block("nginx").Replace("listen 80;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal).Replace(
            "127.0.0.1:5080", portal.Address.Authority, StringComparison.Ordinal);
        var settings = Path.Combine(directory.Path, "nginx.conf");
        await File.WriteAllTextAsync(settings, $$"""
            daemon off; pid {{directory.Path}}/pid; error_log stderr;
            events {}
            http {
                access_log off; client_body_temp_path {{directory.Path}}/body; proxy_temp_path {{directory.Path}}/proxy;
                fastcgi_temp_path {{directory.Path}}/f; uwsgi_temp_path {{directory.Path}}/u; scgi_temp_path {{directory.Path}}/s;
                {{block}}
            }
            """, TestContext.Current.CancellationToken);
        using var proxy = new ServerProcess("nginx", "-e", "stderr", "-c", settings);

        await PassesEverythingAsync(portal, port);
    }

    [Fact]
    public async Task Caddy_AsDocumented_PassesEverything()
    {
        await using var portal = await StartAsync();
        using var directory = new TemporaryDirectory();
        var port = ServerProcess.FreePort();
        var block = Block("caddyfile").Replace(
            "portal.example.org", $"http://127.0.0.1:{port}", StringComparison.Ordinal).Replace("127.0.0.1:5080", portal.Address.Authority,
            StringComparison.Ordinal);
        var settings = Path.Combine(directory.Path, "Caddyfile");
        await File.WriteAllTextAsync(settings, $$"""
            {
                admin off
                storage file_system {{directory.Path}}
            }
            {{block}}
            """, TestContext.Current.CancellationToken);
        using var proxy = new ServerProcess("caddy", "run", "--adapter", "caddyfile", "--config", settings);

        await PassesEverythingAsync(portal, port);
    }

    private static Task<PortalUnderTest> StartAsync() =>
        PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Access:TrustedProxies:0"] = "127.0.0.1" } });

    private static async Task PassesEverythingAsync(PortalUnderTest portal, int port)
    {
        var address = new Uri($"http://127.0.0.1:{port}/");
        await Until.TrueAsync(() => ServerProcess.IsListening(port));

        using var admin = new PeopleClient(address);
        using var page = await admin.SubmitAsync(
            "sign-in", "sign-in", ("Input.Email", PortalUnderTest.AdminEmail), ("Input.Password", PortalUnderTest.AdminPassword));
        using var socket = new ClientWebSocket { Options = { Cookies = admin.Cookies } };
        socket.Options.SetRequestHeader("Origin", $"http://127.0.0.1:{port}");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/_blazor"), TestContext.Current.CancellationToken);
        using var gateway = new PortalClient(address, PortalUnderTest.GatewayToken);
        var reply = await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(), 4, handle: 3)));

        Assert.Equal((HttpStatusCode.Redirect, WebSocketState.Open), (page.StatusCode, socket.State));
        Assert.Equal((201, """{"Y":[3],"N":[]}"""), (reply.Status, reply.Body));
        Assert.InRange(reply.Headers.Count, 1, 10);
    }

    private static string Block(string language) =>
        Fence().Matches(
            File.ReadAllText(RepositoryFiles.PathOf("docs/operations.md"))).Single(block =>
                block.Groups[1].Value == language).Groups[2].Value;

    [GeneratedRegex("^```(\\w+)\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
