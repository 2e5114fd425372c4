using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Chat;

/// <summary>Posts messages, as adaptive cards, to a workflow of Microsoft Teams that begins with a webhook request.</summary>
internal sealed class TeamsSender(OutgoingHttp http) : IChannelSender
{
    private const int MaxSubject = 300;
    private const int MaxText = 4000;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Teams;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken) =>
        http.PostAsync(
            channel,
            new OutgoingRequest { Url = channel.Url, Body = JsonBody.Of(ContentOf(message)), ContentType = JsonBody.ContentType },
            cancellationToken);

    private static object ContentOf(OutgoingMessage message) => new
    {
        type = "message",
        attachments = new[] { new { contentType = "application/vnd.microsoft.card.adaptive", content = CardOf(message) } },
    };

    private static Dictionary<string, object> CardOf(OutgoingMessage message)
    {
        var card = new Dictionary<string, object>
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = LinesOf(message),
            ["msteams"] = new { width = "Full" },
        };
        if (message.Link is { } link)
        {
            card["actions"] = new[] { new { type = "Action.OpenUrl", title = PortalLink.Name, url = link.AbsoluteUri } };
        }

        return card;
    }

    private static List<object> LinesOf(OutgoingMessage message)
    {
        var colour = Urgency.Of(message) switch
        {
            AlarmLevel.Critical => "Attention",
            AlarmLevel.Warning => "Warning",
            _ => "Default",
        };
        var subject = OneLine.Shortened(OneLine.Of(message.Subject), MaxSubject);
        var text = OneLine.Shortened(message.Text, MaxText).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [Line(subject, "Bolder", colour), .. text.Select(line => Line(line.TrimEnd(), "Default", "Default"))];
    }

    /// <summary>A run of text: unlike a block of text, it knows no Markdown, so that a name is shown as it is.</summary>
    private static object Line(string text, string weight, string color) => new
    {
        type = "RichTextBlock",
        inlines = new[] { new { type = "TextRun", text = WithoutFunctions(text), weight, color } },
    };

    /// <summary>Cards replace <c>{{DATE(…)}}</c> in any text. A space of no width keeps the braces apart.</summary>
    private static string WithoutFunctions(string text) => text.Replace("{{", "{\u200B{", StringComparison.Ordinal);
}
