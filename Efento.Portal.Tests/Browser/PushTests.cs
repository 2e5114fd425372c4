using System.Text;
using System.Text.Json;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Notifications.Channels.Push;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>
/// Web Push on a phone: the page asks after a click, the portal's real messages are decrypted and handed to the real service worker, and
/// the notification leads to the alarm. A push service on this machine stands for that of the browser. Nothing runs beside it: in a browser
/// that is busy with other pages, Chromium's tools now and then lose a message on its way to the service worker.
/// </summary>
[Trait(Category.Name, Category.Browser)]
[Collection(FaultCollection.Name)]
public sealed class PushTests(Chromium chromium) : IAsyncLifetime
{
    private const string Document = $$"""
        {"channels":[{"key":"push","kind":"push","allowPrivateNetworks":true}],
        "people":[{"email":"{{PortalUnderTest.AdminEmail}}","language":"en","channels":["push"]}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"people":["{{PortalUnderTest.AdminEmail}}"]}]}]}
        """;

    private const string Shown =
        "navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.map(n => `${n.tag}|${n.title}|${n.data}`))";

    private readonly TestCertificates _certificates = TestCertificates.ForThisMachine();
    private readonly BrowserWithPush _keys = new();
    private HttpReceiver _service = null!;
    private PortalUnderTest _portal = null!;
    private PageInBrowser _phone = null!;
    private ICDPSession _tools = null!;
    private string _registration = "";

    private string Origin => _portal.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _service = await HttpReceiver.StartAsync(_certificates.Server);
        _service.AnswerWith(201);
        _portal = await PortalUnderTest.StartAsync(
            new() { Customise = builder => builder.Services.AddSingleton(new TrustedRoots([_certificates.Root])) });
        await _portal.TellAsync(Document);
        _phone = await PageInBrowser.OpenUnknownAsync(chromium, _portal.Address, width: 360, hasWorker: true);
        await SubscribeAtTheStubAsync();
        await _phone.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        await _phone.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await FindWorkerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _portal.DisposeAsync();
        await _service.DisposeAsync();
        _keys.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Account_TurnedOn_TestedAndRemoved()
    {
        await _phone.GoAsync("account");
        Assert.Null(await _phone.Page.EvaluateAsync<string?>("window.askedWith ?? null"));
        Assert.Empty(await _phone.BarriersAsync());

        await TurnOnAsync();
        await _phone.Page.ClickAsync("button:has-text('Send a test')");
        await _phone.UntilAsync("document.querySelector('main').textContent.includes('The push service took the test')");
        await DeliverAsync();

        Assert.Equal(["test|Test message: Test site|account"], (await ShownAsync()).Select(s => s.Replace("Efento Portal", "Test site")));
        Assert.True(await _phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(await _phone.BarriersAsync());

        await _phone.Page.ClickAsync("button:has-text('Remove')");
        await _phone.UntilAsync("document.querySelector('main').textContent.includes('No device yet')");
        await _phone.UntilAsync("window.subscription === null");
        Assert.Empty(_phone.Faults);
    }

    [Fact]
    public async Task Alarm_IsShownByTheServiceWorker_AndLeadsToItsPage()
    {
        await _phone.GoAsync("account");
        await TurnOnAsync();
        await _portal.RuleAsync(AlarmBench.Fridge());
        var serial = Some.Serial();

        await _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now().AddSeconds(-5), 11.2)));
        await DeliverAsync();
        var raised = Assert.Single(await ShownAsync());
        Assert.Contains($"|Critical: {serial}: Temperature above 8.0", raised.Replace('\u00a0', ' '), StringComparison.Ordinal);
        await OpenAsync();

        await _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 5)));
        await DeliverAsync(2);
        var ended = Assert.Single(await ShownAsync());
        Assert.Equal(raised.Split('|')[0], ended.Split('|')[0]);
        Assert.NotEqual(raised, ended);
        Assert.Empty(_phone.Faults);
    }

    /// <summary>While no page is open, the push service gives the browser another address.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Subscription_Renewed_IsRegisteredByTheServiceWorker(bool isGiven)
    {
        await _phone.GoAsync("account");
        await TurnOnAsync();

        await RenewAsync("phone-2", isGiven);

        Assert.Equal([$"1|{AddressOf("phone-2")}"], _portal.Database.Lines("SELECT user_id, endpoint FROM push_device"));
        await _portal.RuleAsync(AlarmBench.Fridge());
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now().AddSeconds(-5), 11.2)));
        await Until.TrueAsync(() => _service.Requests.Count == 1);
        Assert.Equal("/send/phone-2", _service.Requests[0].Path);

        // And once more: the worker has kept the new address.
        await RenewAsync("phone-3", isGiven);
        Assert.Equal([$"1|{AddressOf("phone-3")}"], _portal.Database.Lines("SELECT user_id, endpoint FROM push_device"));
    }

    /// <summary>The browser lets the portal show nothing any more, and ends the subscription: nothing can be renewed.</summary>
    [Fact]
    public async Task Permission_Gone_TheAccountPageSaysThatTheDeviceIsOff()
    {
        await _phone.GoAsync("account");
        await TurnOnAsync();

        await RenewAsync(null, isGiven: false);
        await _phone.VisitAsync($"{Origin}/account");

        await _phone.UntilAsync("document.querySelector('main').textContent.includes('Messages are off for this browser')");
        Assert.Equal("This browser, off", await _phone.Page.InnerTextAsync(".own.off"));
        Assert.Equal([AddressOf("phone")], _portal.Database.Lines("SELECT endpoint FROM push_device"));
        Assert.True(await _phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(await _phone.BarriersAsync());
    }

    /// <summary>Whatever a push service hands over, the browser shows something and goes nowhere else.</summary>
    [Theory]
    [InlineData("no json")]
    [InlineData("{\"title\":\"Elsewhere\",\"path\":\"https://elsewhere.example/alarms/1\"}")]
    public async Task Message_ThatIsNotThePortals_LeadsToThePortalAlone(string message)
    {
        await DeliverAsync(message);

        Assert.Single(await ShownAsync());
        Assert.Equal($"{Origin}/", await ClickAsync());
    }

    private string AddressOf(string device) => new Uri(_service.Address, $"send/{device}").AbsoluteUri;

    /// <summary>Lets the push service renew the subscription, as no tool can.</summary>
    /// <param name="device">Its new address; null if the browser does not let the portal subscribe.</param>
    /// <param name="isGiven">Whether the browser subscribes itself and says what it has, or leaves both to the worker.</param>
    private Task<string> RenewAsync(string? device, bool isGiven) => InWorkerAsync(
        $$"""
        (async () => {
          const endpoint = {{JsonSerializer.Serialize(device is null ? null : AddressOf(device))}};
          const fresh = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh: '{{_keys.P256dh}}', auth: '{{_keys.Auth}}' } }) };
          PushManager.prototype.subscribe = async options => {
            if (endpoint === null) throw new DOMException('no permission', 'NotAllowedError');
            if (!options.userVisibleOnly || options.applicationServerKey.length !== 87) throw new TypeError('no key');
            return fresh;
          };
          let work;
          const change = new ExtendableEvent('pushsubscriptionchange');
          Object.defineProperty(change, 'newSubscription', { value: {{(isGiven ? "fresh" : "null")}} });
          change.waitUntil = promise => { work = promise; };
          self.dispatchEvent(change);
          await work;
          return 'done';
        })()
        """);

    private async Task TurnOnAsync()
    {
        await _phone.Page.ClickAsync("button:has-text('Turn on for this browser')");
        await _phone.UntilAsync("document.querySelector('main').textContent.includes('Messages are turned on for this browser')");
        Assert.Matches("^[A-Za-z0-9_-]{87}$", await _phone.Page.EvaluateAsync<string>("window.askedWith"));
    }

    /// <summary>There is no push service here: the browser takes the stub's subscription for its own.</summary>
    private async Task SubscribeAtTheStubAsync()
    {
        await _phone.Page.Context.GrantPermissionsAsync(["notifications"], new() { Origin = Origin });
        var endpoint = AddressOf("phone");
        await _phone.Page.AddInitScriptAsync(
            $$"""
            window.subscription = null;
            PushManager.prototype.getSubscription = async () => window.subscription;
            PushManager.prototype.subscribe = async options => {
              window.askedWith = options.applicationServerKey;
              return window.subscription = {
                endpoint: '{{endpoint}}',
                toJSON: () => ({ endpoint: '{{endpoint}}', keys: { p256dh: '{{_keys.P256dh}}', auth: '{{_keys.Auth}}' } }),
                unsubscribe: async () => { window.subscription = null; return true; },
              };
            };
            """);
    }

    private async Task FindWorkerAsync()
    {
        _tools = await _phone.Page.Context.NewCDPSessionAsync(_phone.Page);
        _tools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var its in told!.Value.GetProperty("registrations").EnumerateArray())
            {
                _registration = its.GetProperty("registrationId").GetString()!;
            }
        };
        await _tools.SendAsync("ServiceWorker.enable");
        await Until.TrueAsync(() => _registration.Length > 0);
    }

    /// <summary>Decrypts a message as the browser does, and hands it to the service worker.</summary>
    private async Task DeliverAsync(int number = 1)
    {
        await Until.TrueAsync(() => _service.Requests.Count >= number);
        await DeliverAsync(Encoding.UTF8.GetString(_keys.Decrypt(_service.Requests[number - 1].Bytes)));
    }

    private async Task DeliverAsync(string message)
    {
        var before = await ShownAsync();
        await _tools.SendAsync(
            "ServiceWorker.deliverPushMessage", new() { ["origin"] = Origin, ["registrationId"] = _registration, ["data"] = message });
        await Until.TrueAsync(async () => !(await ShownAsync()).SequenceEqual(before));
    }

    private async Task<string[]> ShownAsync() => await _phone.Page.EvaluateAsync<string[]>(Shown);

    private async Task OpenAsync()
    {
        await _phone.VisitAsync(await ClickAsync());
        await _phone.LiveAsync();
        await _phone.UntilAsync("document.querySelector('h1')?.textContent.length > 0");
        Assert.EndsWith("/alarms/1", _phone.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>
    /// Touches the notification. Browsers let a worker open a window after a real touch alone, which no tool can make, so that what it
    /// would open is asked for.
    /// </summary>
    private Task<string> ClickAsync() => InWorkerAsync(
        """
        (async () => {
          let opened, work;
          self.clients.openWindow = async address => { opened = address; return null; };
          const [notification] = await self.registration.getNotifications();
          const click = new NotificationEvent('notificationclick', { notification });
          click.waitUntil = promise => { work = promise; };
          self.dispatchEvent(click);
          await work;
          return opened;
        })()
        """);

    /// <summary>Evaluates in the service worker.</summary>
    private async Task<string> InWorkerAsync(string expression)
    {
        var browser = await _phone.Page.Context.Browser!.NewBrowserCDPSessionAsync();
        var targets = (await browser.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos").EnumerateArray();
        var worker = targets.Single(t => t.GetProperty("type").GetString() == "service_worker"
            && t.GetProperty("url").GetString()!.StartsWith(Origin, StringComparison.Ordinal));
        var session = (await browser.SendAsync(
            "Target.attachToTarget", new() { ["targetId"] = worker.GetProperty("targetId").GetString()!, ["flatten"] = false }))!
            .Value.GetProperty("sessionId").GetString()!;
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.Event("Target.receivedMessageFromTarget").OnEvent += (_, told) =>
        {
            var its = JsonElement.Parse(told!.Value.GetProperty("message").GetString()!);
            if (told.Value.GetProperty("sessionId").GetString() == session && its.TryGetProperty("id", out JsonElement _))
            {
                answer.TrySetResult(its);
            }
        };
        var message = JsonSerializer.Serialize(new
        {
            id = 1,
            method = "Runtime.evaluate",
            @params = new { expression, awaitPromise = true, returnByValue = true },
        });
        await browser.SendAsync("Target.sendMessageToTarget", new() { ["sessionId"] = session, ["message"] = message });
        var said = await answer.Task.WaitAsync(Until.Patience);
        Assert.True(said.TryGetProperty("result", out var result) && !result.TryGetProperty("exceptionDetails", out JsonElement _), $"{said}");
        return result.GetProperty("result").GetProperty("value").GetString()!;
    }
}
