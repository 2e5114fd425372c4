using System.Text.Json;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;

namespace Efento.Portal.Tests.Notifications.Channels.Chat;

public sealed class TeamsSenderTests
{
    [Fact]
    public async Task Send_Message_IsACard()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(202);
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver), SomeMessage.Raised());

        Assert.Equal((SendOutcome.Accepted, "202 Accepted"), (result.Outcome, result.Answer));
        var json = Assert.Single(receiver.Requests).Json;
        Assert.Equal("message", json.GetProperty("type").GetString());
        var attachment = Assert.Single(json.GetProperty("attachments").EnumerateArray());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var card = CardOf(json);
        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        Assert.Equal(
            [SomeMessage.Raised().Subject, "Fridge 2 is at 9.4 °C.", "The limit is 8 °C."],
            RunsOf(card).Select(run => run.GetProperty("text").GetString()));
        Assert.Equal("Attention", RunsOf(card)[0].GetProperty("color").GetString());
        var action = Assert.Single(card.GetProperty("actions").EnumerateArray());
        Assert.Equal("https://portal.site.example/alarms/5", action.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Send_NameWithMarkUp_IsData()
    {
        const string Name = "**R&D** [click](https://evil.example) {{DATE(2026-06-17T09:14:05Z)}}";
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver), SomeMessage.Raised() with { Subject = Name, Text = Name, Link = null });

        var card = CardOf(Assert.Single(receiver.Requests).Json);
        Assert.All(
            card.GetProperty("body").EnumerateArray(), line => Assert.Equal("RichTextBlock", line.GetProperty("type").GetString()));
        Assert.All(RunsOf(card), run => Assert.Equal("TextRun", run.GetProperty("type").GetString()));
        Assert.All(
            RunsOf(card),
            run => Assert.Equal(Name.Replace("{{", "{\u200B{", StringComparison.Ordinal), run.GetProperty("text").GetString()));
        Assert.False(card.TryGetProperty("actions", out _));
    }

    [Fact]
    public async Task Send_Anything_ShowsNotWhereChatsAreWrittenTo()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver), SomeMessage.Raised());

        Assert.Equal("/workflows/1?sig=s3cr3t", Assert.Single(receiver.Requests).Path);
        Assert.DoesNotContain(result.Conversation, line => line.Contains("s3cr3t", StringComparison.Ordinal));
    }

    private static JsonElement CardOf(JsonElement json) => json.GetProperty("attachments")[0].GetProperty("content");

    private static List<JsonElement> RunsOf(JsonElement card) =>
        [.. card.GetProperty("body").EnumerateArray().Select(line => line.GetProperty("inlines")[0])];

    private static ChannelSettings To(HttpReceiver receiver) => new()
    {
        Key = "teams",
        Kind = ChannelKind.Teams,
        Url = new Uri(receiver.Address, "workflows/1?sig=s3cr3t").AbsoluteUri,
        AllowPrivateNetworks = true,
    };
}
