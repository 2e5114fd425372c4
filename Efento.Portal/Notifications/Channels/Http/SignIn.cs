using System.Text;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>How a channel signs in to an HTTP server.</summary>
internal static class SignIn
{
    /// <summary>User and password, an access token alone, or nothing.</summary>
    public static IReadOnlyDictionary<string, string> HeadersOf(ChannelSettings channel) =>
        string.IsNullOrEmpty(channel.Password) ? new Dictionary<string, string>()
        : string.IsNullOrEmpty(channel.User) ? Authorization($"Bearer {channel.Password}")
        : Authorization($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{channel.User}:{channel.Password}"))}");

    private static Dictionary<string, string> Authorization(string value) => new() { ["Authorization"] = value };
}
