using Efento.Portal.Access;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Somebody who may look alone gets none of what administrators have, whatever their browser asks for.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class ViewerTests(Chromium chromium) : IAsyncLifetime
{
    private const string Email = "viewer@portal.test";
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        await AddAsync(Email, Role.Viewer);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Viewer_MenuAddressAndLink_LeadToNothingOfTheAdministration()
    {
        await using var viewer = await OpenAsync(Email);
        await viewer.GoAsync("");
        Assert.Equal(
            ["Overview", "Alarms", "Gateways"],
            (await viewer.Page.Locator("header.bar nav a").AllInnerTextsAsync()).Select(text => text.Trim()));
        Assert.Equal(0, await viewer.Page.Locator("a[href*='admin']").CountAsync());

        foreach (var address in AdminAddresses())
        {
            await viewer.VisitAsync(new Uri(_portal.Address, address).ToString());
            Assert.Equal("/not-allowed", new Uri(viewer.Page.Url).AbsolutePath);

            // Within the circuit, as a link on a page would.
            await viewer.GoAsync("gateways");
            await viewer.Page.EvaluateAsync("address => Blazor.navigateTo(address)", $"/{address}");
            await viewer.UntilAsync(
                "document.body.innerText.includes('Your role does not include this page') || location.pathname === '/not-allowed'");
        }

        Assert.DoesNotContain(viewer.Faults, fault => !fault.Contains("403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Viewer_DownloadsAndChanges_AreRefused()
    {
        await using var viewer = await OpenAsync(Email);

        var downloads = await StatusesAsync(
            viewer,
            "GET",
            "/downloads/audit.csv",
            "/downloads/body-shapes.json",
            "/downloads/quarantine/1",
            "/downloads/gateways/1/bodies.json");
        var change = await StatusesAsync(viewer, "PUT", "/api/v1/maintenance");

        Assert.All(downloads, status => Assert.Equal(403, status));
        Assert.Equal(401, Assert.Single(change));
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Auditor)]
    public async Task Click_ThatArrivesAfterTheRoleIsGone_ChangesNothing(Role role)
    {
        const string Former = "former@portal.test";
        await AddAsync(Former, Role.Administrator);
        await using var person = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address);
        var line = new HeldLine();
        await person.Page.RouteWebSocketAsync("**/_blazor**", line.Connect);
        await person.SignInAsync(Former, PortalUnderTest.AdminPassword);
        await person.GoAsync("admin/maintenance");
        await person.Page.FillAsync("#now-reason", "Forged");
        await person.Page.PressAsync("#now-reason", "Tab");
        await person.UntilAsync("document.querySelector('.turn-on') !== null");

        line.Hold();
        await person.Page.ClickAsync(".turn-on");
        await Until.TrueAsync(() => line.Held > 0);
        var before = _portal.Database.Scalar<long>("SELECT count(*) FROM audit_entry") + 1;
        var user = (await _portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == Former);
        await _portal.Get<UserChanges>().SetRoleAsync(Actor.Command, user.Seen, role, "test");
        line.Release();

        // An auditor keeps the page without its buttons; others lose it.
        await person.UntilAsync("document.querySelector('.turn-on') === null");
        Assert.Null(_portal.Get<MaintenanceMode>().Current);
        Assert.Equal(before, _portal.Database.Count("audit_entry"));
    }

    private static IEnumerable<string> AdminAddresses() =>
        from page in typeof(Program).Assembly.GetTypes()
        from route in page.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>()
        where route.Template.StartsWith("/admin", StringComparison.Ordinal)
        select route.Template.TrimStart('/').Replace("{Id:int}", "1", StringComparison.Ordinal);

    private static Task<int[]> StatusesAsync(PageInBrowser browser, string method, params string[] paths) =>
        browser.Page.EvaluateAsync<int[]>(
            """
            async ([method, ...paths]) => {
              const headers = { 'Content-Type': 'application/json' };
              const body = method === 'GET' ? undefined : '{"on":true,"minutes":5,"reason":"forged"}';
              return (await Promise.all(paths.map(path => fetch(path, { method, headers, body })))).map(answer => answer.status);
            }
            """,
            (string[])[method, .. paths]);

    private async Task AddAsync(string email, Role role) =>
        Assert.Empty(await _portal.Get<UserAccounts>().AddAsync(Actor.Command, email, PortalUnderTest.AdminPassword, role));

    private async Task<PageInBrowser> OpenAsync(string email)
    {
        var browser = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address);
        await browser.SignInAsync(email, PortalUnderTest.AdminPassword);
        return browser;
    }

    /// <summary>The circuit's connection, on which what the page sends can be held back for a while.</summary>
    private sealed class HeldLine
    {
        private readonly Lock _lock = new();
        private readonly List<(IWebSocketRoute Server, IWebSocketFrame Frame)> _held = [];
        private bool _isHeld;

        public int Held
        {
            get
            {
                lock (_lock)
                {
                    return _held.Count;
                }
            }
        }

        public void Connect(IWebSocketRoute page)
        {
            var server = page.ConnectToServer();
            page.OnMessage(frame =>
            {
                lock (_lock)
                {
                    if (_isHeld)
                    {
                        _held.Add((server, frame));
                    }
                    else
                    {
                        Send(server, frame);
                    }
                }
            });
        }

        public void Hold()
        {
            lock (_lock)
            {
                _isHeld = true;
            }
        }

        public void Release()
        {
            lock (_lock)
            {
                _isHeld = false;
                _held.ForEach(message => Send(message.Server, message.Frame));
            }
        }

        private static void Send(IWebSocketRoute server, IWebSocketFrame frame)
        {
            if (frame.Binary is { } bytes)
            {
                server.Send(bytes);
            }
            else
            {
                server.Send(frame.Text!);
            }
        }
    }
}
