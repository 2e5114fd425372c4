using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Efento.Portal.Notifications.Channels.Mqtt;

/// <summary>The topics of messages: what the channel says, and the thread. Names of points are not in them.</summary>
internal static partial class MqttTopic
{
    private const string UsualPrefix = "efento-portal";
    private const int HashedBytes = 16;

    /// <summary>The topic, or null where what it begins with has wildcards or control characters.</summary>
    public static string? Of(ChannelSettings channel, OutgoingMessage message) =>
        PrefixOf(channel) is { } prefix ? $"{prefix}/{LevelOf(message.Thread)}" : null;

    /// <summary>What topics of a channel begin with, or null where that has wildcards or control characters.</summary>
    public static string? PrefixOf(ChannelSettings channel)
    {
        var prefix = string.IsNullOrWhiteSpace(channel.Template) ? UsualPrefix : channel.Template.Trim('/');
        return IsBeginning(prefix) ? prefix : null;
    }

    /// <summary>Whether topics can begin with a text.</summary>
    public static bool IsBeginning(string prefix) => Prefix().IsMatch(prefix);

    /// <summary>A thread that is no plain id could be several levels, or a wildcard.</summary>
    private static string LevelOf(string thread) =>
        PlainId().IsMatch(thread)
            ? thread
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(thread)).AsSpan(0, HashedBytes));

    [GeneratedRegex(@"\A[^+#$\p{C}][^+#\p{C}]{0,199}\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,100}\z")]
    private static partial Regex PlainId();
}
