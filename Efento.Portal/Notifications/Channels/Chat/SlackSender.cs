using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Channels.Chat;

/// <summary>Posts messages to an incoming webhook of Slack.</summary>
internal sealed class SlackSender(OutgoingHttp http) : IChannelSender
{
    private const int MaxHeader = 150;
    private const int MaxText = 3000;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Slack;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken) =>
        http.PostAsync(
            channel,
            new OutgoingRequest { Url = channel.Url, Body = JsonBody.Of(ContentOf(message)), ContentType = JsonBody.ContentType },
            cancellationToken);

    /// <summary>
    /// Names stand in blocks of plain text, in which nothing is mark-up. The text outside the blocks is what notifications of phones show.
    /// </summary>
    private static object ContentOf(OutgoingMessage message) => new
    {
        text = Escaped(OneLine.Of(message.Subject)),
        mrkdwn = false,
        blocks = BlocksOf(message),
    };

    private static List<object> BlocksOf(OutgoingMessage message)
    {
        var subject = OneLine.Shortened(OneLine.Of(message.Subject), MaxHeader);
        List<object> blocks = [new { type = "header", text = Plain(subject) }];
        if (!string.IsNullOrWhiteSpace(message.Text))
        {
            blocks.Add(new { type = "section", text = Plain(OneLine.Shortened(message.Text, MaxText)) });
        }

        if (message.Link is { } link)
        {
            var text = $"<{Escaped(link.AbsoluteUri).Replace("|", "%7C", StringComparison.Ordinal)}|{PortalLink.Name}>";
            blocks.Add(new { type = "section", text = new { type = "mrkdwn", text } });
        }

        return blocks;
    }

    private static object Plain(string text) => new { type = "plain_text", text, emoji = false };

    /// <summary>The three characters that begin mentions, links and entities.</summary>
    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
