using System.Text.Json;
using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;

namespace Efento.Portal.Tests.Notifications.Channels.Chat;

public sealed class NtfySenderTests
{
    [Theory]
    [InlineData("wards-7f3a", "/")]
    [InlineData("wards-7f3a/", "/")]
    [InlineData("push/wards-7f3a", "/push/")]
    public async Task Send_Message_IsPublishedToTheTopic(string path, string expected)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver, path), SomeMessage.Raised());

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        var request = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", expected), (request.Method, request.Path));
        Assert.Equal("wards-7f3a", request.Json.GetProperty("topic").GetString());
        Assert.Equal(SomeMessage.Raised().Subject, request.Json.GetProperty("title").GetString());
        Assert.Equal(SomeMessage.Raised().Text, request.Json.GetProperty("message").GetString());
        Assert.Equal("https://portal.site.example/alarms/5", request.Json.GetProperty("click").GetString());
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
    }

    [Theory]
    [InlineData(AlarmLevel.Critical, "alarm.raised", 5, "rotating_light")]
    [InlineData(AlarmLevel.Warning, "alarm.raised", 4, "warning")]
    [InlineData(AlarmLevel.Critical, "alarm.ended", 3, null)]
    [InlineData(AlarmLevel.Critical, "alarm.acknowledged", 3, null)]
    [InlineData(null, "test", 3, null)]
    public async Task Send_Message_IsAsUrgentAsItsAlarm(AlarmLevel? level, string type, int priority, string? tag)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver), SomeMessage.Raised() with { Level = level, EventType = type });

        var json = Assert.Single(receiver.Requests).Json;
        Assert.Equal(priority, json.GetProperty("priority").GetInt32());
        Assert.Equal(tag, json.GetProperty("tags").EnumerateArray().Select(item => item.GetString()).SingleOrDefault());
    }

    [Fact]
    public async Task Send_NameWithMarkUp_IsData()
    {
        const string Name = "Lodówka \"2\"\r\nX-Priority: 1";
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver), SomeMessage.Raised() with { Subject = Name, Text = Name, Link = null });

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("Lodówka \"2\" X-Priority: 1", request.Json.GetProperty("title").GetString());
        Assert.Equal(Name, request.Json.GetProperty("message").GetString());
        Assert.False(request.Json.TryGetProperty("click", out _));
        Assert.DoesNotContain("X-Priority", request.Headers.Keys);
    }

    [Theory]
    [InlineData(null, "tk_secret", "Bearer tk_secret")]
    [InlineData("portal", "secret", "Basic cG9ydGFsOnNlY3JldA==")]
    public async Task Send_SignedIn_ShowsNeitherTopicNorPassword(string? user, string password, string expected)
    {
        const string Path = "push/wards-7f3a";
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(200, JsonSerializer.Serialize(new { topic = "wards-7f3a", seen = expected }));
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver, Path) with { User = user, Password = password }, SomeMessage.Raised());

        Assert.Equal(expected, Assert.Single(receiver.Requests).Headers.Authorization.ToString());
        var shown = string.Join('\n', result.Conversation.Append(result.Answer));
        Assert.Contains("> Authorization: ***", shown);
        Assert.DoesNotContain("wards-7f3a", shown);
        Assert.DoesNotContain(password, shown);
        Assert.DoesNotContain("cG9ydGFsOnNlY3JldA==", shown);
    }

    private static ChannelSettings To(HttpReceiver receiver, string path = "wards-7f3a") => new()
    {
        Key = "phones",
        Kind = ChannelKind.Ntfy,
        Url = new Uri(receiver.Address, path).AbsoluteUri,
        AllowPrivateNetworks = true,
    };
}
