using System.Text.Json;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>Bodies in JSON.</summary>
internal static class JsonBody
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>What the names and values of an object say. Values are escaped, whatever they contain.</summary>
    public static byte[] Of<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, JsonSerializerOptions.Web);
}
