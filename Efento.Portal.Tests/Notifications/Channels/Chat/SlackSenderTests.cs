using System.Text.Json;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;

namespace Efento.Portal.Tests.Notifications.Channels.Chat;

public sealed class SlackSenderTests
{
    [Fact]
    public async Task Send_Message_ShowsSubjectTextAndLink()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(200, "ok");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver), SomeMessage.Raised());

        Assert.Equal((SendOutcome.Accepted, "200 OK: ok"), (result.Outcome, result.Answer));
        Assert.Equal(
            [SomeMessage.Raised().Subject, SomeMessage.Raised().Text, "<https://portal.site.example/alarms/5|Efento Portal>"],
            TextsOf(Assert.Single(receiver.Requests).Json));
    }

    [Fact]
    public async Task Send_NameWithMarkUp_IsData()
    {
        const string Name = "<!channel> *R&D* :fire:\nroom <https://evil.example|click>";
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var link = new Uri("https://portal.site.example/a?b=1&c=<d>|e");
        await senders.SendAsync(To(receiver), SomeMessage.Raised() with { Subject = Name, Text = Name, Link = link });

        var json = Assert.Single(receiver.Requests).Json;
        Assert.Equal(
            "&lt;!channel&gt; *R&amp;D* :fire: room &lt;https://evil.example|click&gt;", json.GetProperty("text").GetString());
        Assert.False(json.GetProperty("mrkdwn").GetBoolean());
        var named = json.GetProperty("blocks").EnumerateArray().Take(2).Select(block => block.GetProperty("text")).ToList();
        Assert.All(named, text => Assert.Equal("plain_text", text.GetProperty("type").GetString()));
        Assert.All(named, text => Assert.False(text.GetProperty("emoji").GetBoolean()));
        Assert.Equal("<https://portal.site.example/a?b=1&amp;c=%3Cd%3E%7Ce|Efento Portal>", TextsOf(json)[^1]);
    }

    [Fact]
    public async Task Send_LongMessageWithoutText_FitsWhatSlackTakes()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver), SomeMessage.Raised() with { Subject = new string('a', 400), Text = "", Link = null });

        var text = Assert.Single(TextsOf(Assert.Single(receiver.Requests).Json));
        Assert.Equal(150, text?.Length);
        Assert.EndsWith("…", text);
    }

    [Fact]
    public async Task Send_Anything_ShowsNotWhereChatsAreWrittenTo()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(410, "channel_is_archived");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver), SomeMessage.Raised());

        Assert.Equal((SendOutcome.Refused, "410 Gone: channel_is_archived"), (result.Outcome, result.Answer));
        Assert.Equal("/services/T0/B0/s3cr3t", Assert.Single(receiver.Requests).Path);
        Assert.DoesNotContain(result.Conversation, line => line.Contains("s3cr3t", StringComparison.Ordinal));
    }

    private static List<string?> TextsOf(JsonElement json) =>
        [.. json.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("text").GetProperty("text").GetString())];

    private static ChannelSettings To(HttpReceiver receiver) => new()
    {
        Key = "slack",
        Kind = ChannelKind.Slack,
        Url = new Uri(receiver.Address, "services/T0/B0/s3cr3t").AbsoluteUri,
        AllowPrivateNetworks = true,
    };
}
