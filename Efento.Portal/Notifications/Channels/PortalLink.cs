namespace Efento.Portal.Notifications.Channels;

/// <summary>The link of a message in channels that show text.</summary>
internal static class PortalLink
{
    /// <summary>What a button with the link says. A name needs no translation.</summary>
    public const string Name = "Efento Portal";

    /// <summary>The text, and the link below it unless the text has it already.</summary>
    public static string Below(OutgoingMessage message) =>
        message.Link is { } link && !message.Text.Contains(link.AbsoluteUri, StringComparison.Ordinal)
            ? $"{message.Text}\n\n{link.AbsoluteUri}"
            : message.Text;
}
