using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Efento.Portal.Notifications.Channels.Webhooks;

/// <summary>The signature of Standard Webhooks: HMAC-SHA256 of id, time and body.</summary>
internal static class WebhookSignature
{
    public const string Prefix = "whsec_";

    /// <summary>The key of a secret, or null where it is not Base64. The prefix may be missing.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var encoded = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, key, out var length) && length > 0 ? key[..length] : null;
    }

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    /// <param name="key">The key that both sides know.</param>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>, in seconds.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Of(byte[] key, string id, long timestamp, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}";
    }
}
