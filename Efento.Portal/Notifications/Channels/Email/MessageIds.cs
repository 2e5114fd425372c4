using System.Security.Cryptography;
using System.Text;

namespace Efento.Portal.Notifications.Channels.Email;

/// <summary>
/// Ids of e-mails. The same name gives the same id, so that a message sent twice is shown once, and a thread stays together.
/// </summary>
internal static class MessageIds
{
    private const int Bytes = 16;

    /// <summary>An id without brackets, at the domain of the sender.</summary>
    public static string Of(string kind, string name, string domain) =>
        $"{kind}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, Bytes))}@{domain}";
}
