using System.Text;
using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Push;
using Efento.Portal.Tests.Notifications.Channels.Http;

namespace Efento.Portal.Tests.Notifications.Channels.Push;

/// <summary>A real push service on this machine, and the browser behind it.</summary>
public sealed class PushSenderTests : IAsyncLifetime
{
    private static readonly ChannelSettings Allowed = new() { Key = "push", Kind = ChannelKind.Push, AllowPrivateNetworks = true };

    private readonly TestCertificates _certificates = TestCertificates.ForThisMachine();
    private readonly BrowserWithPush _phone = new();
    private readonly BrowserWithPush _desk = new();
    private HttpReceiver _service = null!;
    private SendersUnderTest _senders = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await HttpReceiver.StartAsync(_certificates.Server);
        _senders = new SendersUnderTest(_certificates.Root);
        _service.AnswerWith(201);
    }

    public async ValueTask DisposeAsync()
    {
        _senders.Dispose();
        await _service.DisposeAsync();
        _phone.Dispose();
        _desk.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Send_Message_IsReadByTheBrowserThatSubscribed()
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));

        var result = await SendAsync(SomeMessage.Raised());

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        var said = _phone.Read(Assert.Single(_service.Requests).Bytes);
        Assert.Equal(SomeMessage.Raised().Subject, said.GetProperty("title").GetString());
        Assert.Equal("The limit is 8 °C.", said.GetProperty("body").GetString());
        Assert.Equal(("alarm-5", "alarms/5"), (said.GetProperty("tag").GetString(), said.GetProperty("path").GetString()));
        Assert.True(said.GetProperty("isUrgent").GetBoolean() && said.GetProperty("isNews").GetBoolean());
        Assert.DoesNotContain(SomeMessage.Raised().Subject, _service.Requests[0].Body, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => _desk.Decrypt(_service.Requests[0].Bytes));
    }

    [Fact]
    public async Task Send_Message_IsSignedByThePortalForThisPushServiceAlone()
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));

        await SendAsync(SomeMessage.Raised());

        var vapid = VapidHeader.Verified(_service.Requests[0].Headers.Authorization.Single()!);
        Assert.Equal(_senders.Devices.Keys.Public, vapid.Key);
        Assert.Equal(_service.Address.GetLeftPart(UriPartial.Authority), vapid.Claims.GetProperty("aud").GetString());
        Assert.Equal("https://portal.site.example/", vapid.Claims.GetProperty("sub").GetString());
        var ends = DateTimeOffset.FromUnixTimeSeconds(vapid.Claims.GetProperty("exp").GetInt64());
        Assert.InRange(ends - DateTimeOffset.UtcNow, TimeSpan.Zero, TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Send_WithoutPublicAddress_ClaimsNothingOfWhoSends()
    {
        _senders.Devices.Contact = null;
        _senders.Devices.Add(_phone, EndpointOf("phone"));

        Assert.Equal(SendOutcome.Accepted, (await SendAsync(SomeMessage.Raised())).Outcome);

        Assert.False(VapidHeader.Verified(_service.Requests[0].Headers.Authorization.Single()!).Claims.TryGetProperty("sub", out _));
    }

    [Theory]
    [InlineData(AlarmLevel.Critical, "alarm.raised", false, "high", "86400")]
    [InlineData(AlarmLevel.Warning, "alarm.raised", false, "normal", "14400")]
    [InlineData(AlarmLevel.Critical, "alarm.ended", false, "normal", "14400")]
    [InlineData(null, "portal.test", true, "high", "60")]
    public async Task Send_ByLevel_WaitsForTheDeviceSoLongAndSoUrgently(
        AlarmLevel? level, string type, bool isTest, string urgency, string life)
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));

        await SendAsync(SomeMessage.Raised() with { Level = level, EventType = type, IsTest = isTest });

        var headers = _service.Requests[0].Headers;
        Assert.Equal((urgency, life), (headers["Urgency"].SingleOrDefault() ?? "normal", headers["TTL"].Single()));
        Assert.Equal("aes128gcm", headers.ContentEncoding.Single());
    }

    /// <summary>A device that was off gets the last message about an alarm alone.</summary>
    [Fact]
    public async Task Send_OfOneAlarm_HasOneTopic()
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));

        await SendAsync(SomeMessage.Raised());
        await SendAsync(SomeMessage.Raised() with { Key = "delivery-18", EventType = "alarm.ended" });
        await SendAsync(SomeMessage.Raised() with { Thread = "alarm-6" });

        var topics = _service.Requests.Select(r => r.Headers["Topic"].Single()!).ToList();
        Assert.All(topics, topic => Assert.Matches("^[A-Za-z0-9_-]{32}$", topic));
        Assert.Equal(topics[0], topics[1]);
        Assert.NotEqual(topics[0], topics[2]);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Send_DeviceThatIsGone_IsNotedAndNotTriedAgain(int status)
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));
        _service.AnswerWith(status, "push subscription has unsubscribed or expired");

        var result = await SendAsync(SomeMessage.Raised());

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains("unsubscribed or expired", result.Answer, StringComparison.Ordinal);
        Assert.Equal(PushFate.Gone, _senders.Devices.Fates[1]);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Send_ServiceThatAsksToWait_IsWaitedFor(int status)
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));
        _service.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "90";
            return Task.CompletedTask;
        };

        var result = await SendAsync(SomeMessage.Raised());

        Assert.Equal((SendOutcome.TryAgain, TimeSpan.FromSeconds(90)), (result.Outcome, result.RetryAfter));
        Assert.Equal(PushFate.Failed, _senders.Devices.Fates[1]);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Send_OneDeviceOfTwoTakesIt_IsEnough_AndBothAreNamed()
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));
        _senders.Devices.Add(_desk, EndpointOf("desk"), "Desk");
        _service.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Path.Value!.EndsWith("desk", StringComparison.Ordinal) ? 201 : 500;
            return Task.CompletedTask;
        };

        var result = await SendAsync(SomeMessage.Raised());

        Assert.Equal((SendOutcome.Accepted, null), (result.Outcome, result.RetryAfter));
        Assert.Equal("Desk: 201 Created; Phone: 500 Internal Server Error", result.Answer);
        Assert.Equal((PushFate.Failed, PushFate.Accepted), (_senders.Devices.Fates[1], _senders.Devices.Fates[2]));
    }

    [Fact]
    public async Task Send_ToNobodysDevice_SaysSo()
    {
        var result = await SendAsync(SomeMessage.Raised("anna@site.example"));

        Assert.Equal(SendOutcome.NoDevice, result.Outcome);
        Assert.Contains("anna@site.example has no device", result.Answer, StringComparison.Ordinal);
    }

    /// <summary>A browser may name any address.</summary>
    [Fact]
    public async Task Send_ToThisMachine_IsNotDoneUnlessTheChannelMay()
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));

        var result = await _senders.SendAsync(Allowed with { AllowPrivateNetworks = false }, SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("may not use private networks", result.Answer, StringComparison.Ordinal);
        Assert.Empty(_service.Requests);
    }

    [Fact]
    public async Task Send_LongTextOfManyBytes_FitsAndIsCutBetweenCharacters()
    {
        _senders.Devices.Add(_phone, EndpointOf("phone"));
        var message = SomeMessage.Raised() with
        {
            Subject = string.Concat(Enumerable.Repeat("Chłodnia \U0001F9CA ", 100)),
            Brief = string.Concat(Enumerable.Repeat("ż\U0001F9CA\"\n", 2_000)),
        };

        Assert.Equal(SendOutcome.Accepted, (await SendAsync(message)).Outcome);

        var request = Assert.Single(_service.Requests);
        Assert.InRange(request.Bytes.Length, 1, 4096);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(_phone.Decrypt(request.Bytes)));
        Assert.EndsWith("…", _phone.Read(request.Bytes).GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_ShowsNeitherWhereTheBrowserIsNorTheSignature()
    {
        _senders.Devices.Add(_phone, EndpointOf("a-secret-of-the-browser"));

        var result = await SendAsync(SomeMessage.Raised());

        Assert.Contains(result.Conversation, line => line.StartsWith("> POST https://127.0.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Conversation, line => line.Contains("a-secret-of-the-browser", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Conversation, line => line.Contains("t=ey", StringComparison.Ordinal));
    }

    private Task<SendResult> SendAsync(OutgoingMessage message) => _senders.SendAsync(Allowed, message);

    private string EndpointOf(string device) => new Uri(_service.Address, $"send/{device}").AbsoluteUri;
}
