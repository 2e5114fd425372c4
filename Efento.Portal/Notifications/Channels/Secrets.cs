using System.Text;

namespace Efento.Portal.Notifications.Channels;

/// <summary>What must not be shown of a channel, in each form in which it may come back.</summary>
internal sealed class Secrets
{
    public const string Mask = "***";

    /// <summary>Shorter ones would mask ordinary words. They are never written down on purpose, see <see cref="Conversation"/>.</summary>
    private const int ShortestLength = 4;

    private readonly string[] _forms;

    private Secrets(IEnumerable<string> forms) =>
        _forms = [.. forms.Where(form => form.Length >= ShortestLength).Distinct().OrderByDescending(form => form.Length)];

    public static Secrets Of(ChannelSettings channel) => new(
        new[] { channel.Password, channel.Secret }
            .Concat(channel.Headers.Values)
            .Concat(SecretPartsOf(channel))
            .Where(secret => !string.IsNullOrEmpty(secret))
            .SelectMany(secret => FormsOf(channel.User ?? "", secret!)));

    /// <summary>The text with a mask for each secret.</summary>
    public string Masked(string text) => _forms.Aggregate(text, (shown, form) => shown.Replace(form, Mask, StringComparison.Ordinal));

    /// <summary>
    /// Whoever knows the whole address of a chat can write there, and read a topic. That of a device names a person's browser. Elsewhere, a
    /// query may hold a key.
    /// </summary>
    private static IEnumerable<string?> SecretPartsOf(ChannelSettings channel)
    {
        if (!Uri.TryCreate(channel.Url, UriKind.Absolute, out var url))
        {
            return [channel.Url];
        }

        return channel.Kind switch
        {
            ChannelKind.Slack or ChannelKind.Teams or ChannelKind.Push => [url.PathAndQuery, url.AbsolutePath, url.Query],
            ChannelKind.Ntfy => [url.AbsolutePath.TrimEnd('/').Split('/')[^1], url.Query],
            _ => [url.Query],
        };
    }

    private static IEnumerable<string> FormsOf(string user, string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        InBase64(secret),
        InBase64($"{user}:{secret}"),
        InBase64($"\0{user}\0{secret}"),
    ];

    private static string InBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
