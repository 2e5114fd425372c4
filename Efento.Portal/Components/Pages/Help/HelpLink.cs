namespace Efento.Portal.Components.Pages.Help;

/// <summary>Where links of the documents lead within the portal.</summary>
internal static class HelpLink
{
    /// <summary>The address for a link; null if what it leads to is not part of the help.</summary>
    /// <param name="url">The link, as it stands in the document.</param>
    /// <param name="topic">The topic of the document.</param>
    public static string? Of(string? url, string topic)
    {
        if (url is null || url.StartsWith("http://", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal))
        {
            return url;
        }

        var parts = url.Split('#', 2);
        var target = parts[0].Length == 0 ? topic : TopicOf(parts[0]);
        return target is null ? null : $"help/{target}" + (parts is [_, var place] ? $"#{place}" : "");
    }

    private static string? TopicOf(string file)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        var topic = name.EndsWith(".md", StringComparison.Ordinal) ? name[..^3] : null;
        return topic is not null && (HelpTopics.Topics.Contains(topic) || HelpTopics.Documents.Contains(topic)) ? topic : null;
    }
}
