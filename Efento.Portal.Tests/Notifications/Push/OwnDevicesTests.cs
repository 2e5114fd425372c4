using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Tests.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Notifications.Channels.Push;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Notifications.Push;

/// <summary>Devices of people, from the page that adds them to the browser that reads what they are told.</summary>
public sealed class OwnDevicesTests : IAsyncLifetime
{
    private const string Document = $$"""
        {"channels":[{"key":"push","kind":"push","allowPrivateNetworks":true},
          {"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"}],
        "people":[{"email":"{{PortalUnderTest.AdminEmail}}","language":"pl","channels":["push"]}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"people":["{{PortalUnderTest.AdminEmail}}"]}]}]}
        """;

    private readonly TestCertificates _certificates = TestCertificates.ForThisMachine();
    private readonly TemporaryDirectory _data = new();
    private readonly BrowserWithPush _phone = new();
    private HttpReceiver _service = null!;
    private PortalUnderTest _portal = null!;

    private OwnDevices Devices => _portal.Get<OwnDevices>();

    public async ValueTask InitializeAsync()
    {
        _service = await HttpReceiver.StartAsync(_certificates.Server);
        _service.AnswerWith(201);
        await StartAsync();
        await _portal.TellAsync(Document);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _service.DisposeAsync();
        _phone.Dispose();
        _certificates.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Alarm_IsReadOnTheDevice_AndItsEndTakesItsPlace()
    {
        await AddAsync();
        await _portal.RuleAsync(AlarmBench.Fridge());
        var serial = Some.Serial();

        await _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now().AddSeconds(-5), 11.2)));
        await Until.TrueAsync(() => _service.Requests.Count == 1);
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 5)));
        await Until.TrueAsync(() => _service.Requests.Count == 2);

        var (raised, ended) = (_phone.Read(_service.Requests[0].Bytes), _phone.Read(_service.Requests[1].Bytes));
        Assert.StartsWith(
            $"Krytyczny: {serial}: Temperatura powyżej 8,0 °C: 11,2 °C, od ",
            raised.GetProperty("title").GetString()!.Replace('\u00a0', ' '));
        Assert.Equal("alarms/1", raised.GetProperty("path").GetString());
        Assert.Equal(raised.GetProperty("tag").GetString(), ended.GetProperty("tag").GetString());
        Assert.Equal((true, false), (raised.GetProperty("isNews").GetBoolean(), ended.GetProperty("isNews").GetBoolean()));
        await Until.TrueAsync(() => _portal.Database.Lines("SELECT state FROM delivery").SequenceEqual(["3", "3"]));
        Assert.NotNull((await ListAsync()).Single().SucceededUtc);
    }

    [Fact]
    public async Task Drill_IsReadOnTheDevice_AndOpensThePageThatConfirmsIt()
    {
        await AddAsync();
        await _portal.Get<DrillService>().StartAsync(Actor.Command, new("default", AlarmLevel.Warning, null, IsAtOnce: true));
        await Until.TrueAsync(() => _service.Requests.Count == 1);

        var told = _phone.Read(_service.Requests[0].Bytes);
        Assert.StartsWith("DRILL / ĆWICZENIA: ", told.GetProperty("title").GetString());
        Assert.Contains("To są ćwiczenia. Nie ma alarmu.", told.GetProperty("body").GetString());
        var page = await _portal.Client.GetAsync($"/{told.GetProperty("path").GetString()}");
        Assert.Equal((200, true), (page.Status, page.Body.Contains("<form", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Device_ThatItsPushServiceForgot_IsRemovedAndAudited()
    {
        await AddAsync();
        _service.AnswerWith(410);

        Assert.Equal(SendOutcome.Refused, (await Devices.TestAsync(Admin, 1)).Result!.Outcome);

        Assert.Empty(await ListAsync());
        Assert.Equal(["device tested", "device removed"], Audited().TakeLast(2));
    }

    [Fact]
    public async Task Account_Disabled_HasNoDevicesAnyMore()
    {
        var anna = await AccountAsync("anna@portal.test");
        await AddAsync(new Actor(ActorKind.Person, "anna@portal.test", UserId: anna));
        await AddAsync(endpoint: "phone-of-the-administrator");
        var seen = (await _portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == "anna@portal.test").Seen;

        Assert.Equal(UserChange.Done, await _portal.Get<UserChanges>().DisableAsync(Actor.Command, seen, "left"));

        Assert.Equal(["1"], _portal.Database.Lines("SELECT user_id FROM push_device"));
    }

    [Fact]
    public async Task Device_OfSomebodyElse_IsNeitherTestedNorRemoved()
    {
        var anna = new Actor(ActorKind.Person, "anna@portal.test", UserId: await AccountAsync("anna@portal.test"));
        await AddAsync();

        Assert.Equal(new DeviceTest(DeviceOutcome.Gone, null), await Devices.TestAsync(anna, 1));
        Assert.Equal(DeviceOutcome.Gone, await Devices.RemoveAsync(anna, 1));

        Assert.Single(await ListAsync());
        Assert.Empty(_service.Requests);
    }

    /// <summary>A browser subscribes once: whoever signed in last is told there, and nobody else.</summary>
    [Fact]
    public async Task Browser_ThatSomebodyElseUsedBefore_BelongsToWhoeverAddedItLast()
    {
        await AddAsync();
        var anna = await AccountAsync("anna@portal.test");

        await AddAsync(new Actor(ActorKind.Person, "anna@portal.test", UserId: anna));

        Assert.Empty(await ListAsync());
        Assert.Single(await Devices.ListAsync(anna));
    }

    [Fact]
    public async Task Device_AddedAgain_IsOneDevice()
    {
        await AddAsync();
        await AddAsync();

        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Devices_AreFiveAtMost()
    {
        for (var i = 0; i < PushDevice.MostOfAnAccount; i++)
        {
            await AddAsync(endpoint: $"device-{i}");
        }

        Assert.Equal(DeviceOutcome.TooMany, await Devices.AddAsync(Admin, DeviceAt("one-more")));
        Assert.Equal(PushDevice.MostOfAnAccount, (await ListAsync()).Count);
    }

    /// <summary>Each of its devices counts, and a device that was added anew as well. Another account has tests of its own.</summary>
    [Fact]
    public async Task Tests_OfAnAccount_AreFiveAQuarterOfAnHour()
    {
        await AddAsync();
        await AddAsync(endpoint: "desk");
        for (var i = 0; i < DeviceTestLimit.Most; i++)
        {
            Assert.Equal(DeviceOutcome.Done, (await Devices.TestAsync(Admin, 1 + (i % 2))).Outcome);
        }

        Assert.Equal(new DeviceTest(DeviceOutcome.TooOften, null), await Devices.TestAsync(Admin, 1));
        Assert.Equal(DeviceOutcome.Done, await Devices.RemoveAsync(Admin, 1));
        await AddAsync();
        Assert.Equal(DeviceOutcome.TooOften, (await Devices.TestAsync(Admin, (await ListAsync())[^1].Id)).Outcome);

        Assert.Equal(DeviceTestLimit.Most, _service.Requests.Count);
        var anna = new Actor(ActorKind.Person, "anna@portal.test", UserId: await AccountAsync("anna@portal.test"));
        await AddAsync(anna, "of-anna");
        var her = Assert.Single(await Devices.ListAsync(anna.UserId!.Value));
        Assert.Equal(DeviceOutcome.Done, (await Devices.TestAsync(anna, her.Id)).Outcome);
    }

    [Fact]
    public void TestLimit_AfterItsTime_LetsOneMore()
    {
        var time = new FakeTimeProvider(Some.Start);
        var limit = new DeviceTestLimit(time);
        for (var i = 0; i < DeviceTestLimit.Most; i++)
        {
            Assert.True(limit.MayTest(1));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(limit.MayTest(1));
        Assert.True(limit.MayTest(2));
        time.Advance(DeviceTestLimit.Within - TimeSpan.FromMinutes(DeviceTestLimit.Most));
        Assert.True(limit.MayTest(1));
        Assert.False(limit.MayTest(1));
    }

    [Fact]
    public async Task Device_Renewed_KeepsItsNameAndItsPlace()
    {
        await AddAsync();
        using var client = await PeopleClient.SignedInAsync(_portal);

        Assert.Equal(HttpStatusCode.NoContent, await RenewAsync(client, "phone", "phone-2"));

        Assert.Equal($"1|1|Chrome on Android|{At("phone-2")}", Assert.Single(Stored()));
        Assert.Equal("device renewed", Audited()[^1]);
        Assert.Equal(HttpStatusCode.NotFound, await RenewAsync(client, "phone", "phone-3"));
    }

    /// <summary>Whoever knows the address of somebody's device neither takes it over nor learns whether it is there.</summary>
    [Fact]
    public async Task Device_OfSomebodyElse_IsNotRenewed()
    {
        await AddAsync();
        var before = Stored();
        using var other = await PeopleClient.SignedInAsync(_portal, Role.Operator);
        using var nobody = new PeopleClient(_portal.Address);

        Assert.Equal(HttpStatusCode.NotFound, await RenewAsync(other, "phone", "phone-2"));
        Assert.Equal(HttpStatusCode.NotFound, await RenewAsync(other, "nowhere", "phone-2"));
        Assert.NotEqual(HttpStatusCode.NoContent, await RenewAsync(nobody, "phone", "phone-2"));

        Assert.Equal(before, Stored());
    }

    [Fact]
    public async Task Device_RenewedToOneThatSomebodyElseAdded_StaysTheirs()
    {
        await AddAsync();
        var anna = new Actor(ActorKind.Person, "anna@portal.test", UserId: await AccountAsync("anna@portal.test"));
        await AddAsync(anna, "of-anna");
        var before = Stored();

        Assert.Equal(DeviceOutcome.Gone, await Devices.RenewAsync(Admin, At("phone"), DeviceAt("of-anna")));

        Assert.Equal(before, Stored());
    }

    [Fact]
    public async Task Device_RenewedAndAddedByAPage_IsOneDevice()
    {
        await AddAsync();
        await AddAsync(endpoint: "phone-2");

        Assert.Equal(DeviceOutcome.Done, await Devices.RenewAsync(Admin, At("phone"), DeviceAt("phone-2")));
        Assert.Equal(DeviceOutcome.Done, await Devices.RenewAsync(Admin, At("phone-2"), DeviceAt("phone-2")));
        var none = DeviceAt("phone-3") with { Auth = "c2hvcnQ" };
        Assert.Equal(DeviceOutcome.NotValid, await Devices.RenewAsync(Admin, At("phone-2"), none));

        Assert.Equal(At("phone-2"), Assert.Single(await ListAsync()).Endpoint);
    }

    /// <summary>A page of another site in the browser of somebody who is signed in.</summary>
    [Fact]
    public async Task Renewal_OfAForeignPage_IsRefused()
    {
        await AddAsync();
        using var person = await PeopleClient.SignedInAsync(_portal);
        using var foreign = new PeopleClient(_portal.Address, null, ("Origin", "https://elsewhere.example"));
        foreign.Cookies.Add(person.Cookies.GetCookies(_portal.Address));

        Assert.Equal(HttpStatusCode.SeeOther, await RenewAsync(foreign, "phone", "phone-2"));

        Assert.EndsWith(At("phone"), Assert.Single(Stored()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarm_ForSomebodyWithoutADevice_IsNotSent_AndTheNextStepComesAtOnce()
    {
        const string then = $$"""
            {"channels":[{"key":"push","kind":"push"},
              {"key":"mail","kind":"email","host":"127.0.0.1","port":9,"from":"portal@site.example"}],
            "people":[{"email":"{{PortalUnderTest.AdminEmail}}"},{"email":"bert@site.example"},{"email":"carl@site.example"}],
            "chains":[{"key":"default","place":"*","level":"warning","repeat":"1h","steps":[
              {"people":["{{PortalUnderTest.AdminEmail}}"],"channels":["push"]},
              {"after":"1h","people":["bert@site.example"],"channels":["mail"]},
              {"after":"2h","people":["carl@site.example"],"channels":["mail"]}]}]}
            """;
        await _portal.TellAsync(then);
        await _portal.RuleAsync(AlarmBench.Fridge());

        await _portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now().AddSeconds(-5), 11.2)));

        await Until.TrueAsync(() => _portal.Database.Count("delivery WHERE attempts > 0 AND address LIKE 'bert%'") == 1);
        Assert.Equal(
            [$"{PortalUnderTest.AdminEmail}|5|8|0", "bert@site.example|0", "carl@site.example|120"],
            _portal.Database.Lines(
                """
                SELECT address || '|' || coalesce(state || '|' || "end" || '|', '')
                  || ((due_utc - queued_utc + 30000) / 60000)
                FROM delivery WHERE event = 1 ORDER BY id
                """));
        var answer = Assert.Single(_portal.Database.Lines("SELECT answer FROM delivery WHERE end = 8"));
        Assert.Contains("no device", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://push.example/send", null, null)]
    [InlineData("https://user:password@push.example/send", null, null)]
    [InlineData("/send", null, null)]
    [InlineData(null, "BAAA", null)]
    [InlineData(null, "not base64!", null)]
    [InlineData(null, null, "c2hvcnQ")]
    [InlineData(null, "BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA", null)]
    public async Task Device_ThatIsNone_IsNotTaken(string? endpoint, string? key, string? auth)
    {
        var device = DeviceAt("phone");

        var outcome = await Devices.AddAsync(
            Admin, device with { Endpoint = endpoint ?? device.Endpoint, P256dh = key ?? device.P256dh, Auth = auth ?? device.Auth });

        Assert.Equal(DeviceOutcome.NotValid, outcome);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Import_SaysWhoHasNoDevice_AndNobodyElse()
    {
        Assert.Equal([new Unheard(PortalUnderTest.AdminEmail, "default", UnheardReason.NoDevice)], await UnheardAsync());
        Assert.False((await CallsAsync()).Single().IsReached);

        await AddAsync();

        Assert.Empty(await UnheardAsync());
        Assert.True((await CallsAsync()).Single().IsReached);
    }

    [Fact]
    public async Task Keys_AreMadeOnce_AndThePrivateOneIsEncrypted()
    {
        var key = await Devices.PublicKeyAsync();
        await _portal.DisposeAsync();
        await StartAsync();

        Assert.Equal(key, await Devices.PublicKeyAsync());
        Assert.StartsWith("CfDJ8", _portal.Database.Lines("SELECT private_key FROM push_identity").Single(), StringComparison.Ordinal);
    }

    /// <summary>Push services take messages with the keys alone with which a device was added.</summary>
    [Fact]
    public async Task Keys_ThatCannotBeDecrypted_AreMadeAnew_AndTheirDevicesAreRemoved()
    {
        var key = await Devices.PublicKeyAsync();
        await AddAsync();
        _portal.Database.Execute("UPDATE push_identity SET private_key = 'gone'");

        Assert.NotEqual(key, await Devices.PublicKeyAsync());

        Assert.Empty(await ListAsync());
        Assert.Equal(1, _portal.Database.Count("push_identity"));
    }

    private static Actor Admin { get; } = new(ActorKind.Person, PortalUnderTest.AdminEmail, UserId: 1);

    private async Task StartAsync() => _portal = await PortalUnderTest.StartAsync(new()
    {
        DataDirectory = _data.Path,
        Settings = new() { ["Portal:PublicAddress"] = "https://portal.example.com" },
        Customise = builder => builder.Services.AddSingleton(new TrustedRoots([_certificates.Root])),
    });

    private NewDevice DeviceAt(string endpoint) =>
        new(new Uri(_service.Address, endpoint).AbsoluteUri, _phone.P256dh, _phone.Auth, "Chrome on Android");

    private async Task AddAsync(Actor? actor = null, string endpoint = "phone")
    {
        // The browser subscribes with the key.
        await Devices.PublicKeyAsync();
        Assert.Equal(DeviceOutcome.Done, await Devices.AddAsync(actor ?? Admin, DeviceAt(endpoint)));
    }

    private string At(string endpoint) => new Uri(_service.Address, endpoint).AbsoluteUri;

    private IReadOnlyList<string> Stored() => _portal.Database.Lines("SELECT id, user_id, name, endpoint FROM push_device ORDER BY id");

    /// <summary>What a service worker sends.</summary>
    private async Task<HttpStatusCode> RenewAsync(PeopleClient client, string before, string now)
    {
        var json = JsonSerializer.Serialize(new { old = At(before), endpoint = At(now), p256dh = _phone.P256dh, auth = _phone.Auth });
        using var answer = await client.SendAsync("POST", DeviceEndpoints.Path.TrimStart('/'), json: json);
        return answer.StatusCode;
    }

    private Task<IReadOnlyList<OwnDevice>> ListAsync() => Devices.ListAsync(1);

    private async Task<int> AccountAsync(string email)
    {
        Assert.Empty(await _portal.Get<UserAccounts>().AddAsync(Actor.Command, email, PortalUnderTest.AdminPassword, Role.Operator));
        return (await _portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == email).Seen.Id;
    }

    private async Task<IReadOnlyList<Unheard>> UnheardAsync() => (await _portal.Get<NotificationDocuments>().ImportAsync(
        Actor.Command, Encoding.UTF8.GetBytes(Document), ImmutableDictionary<string, string>.Empty, isTrial: true)).Unheard;

    private Task<IReadOnlyList<PreviewedCall>> CallsAsync() =>
        _portal.Get<NotificationPreview>().ForAsync(Efento.Portal.Alarms.AlarmLevel.Critical, null, Some.Start);

    private IReadOnlyList<string> Audited() => _portal.Database.Lines("SELECT action FROM audit_entry ORDER BY id");
}
