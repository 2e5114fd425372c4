using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>What the service worker of the installed page gets (wwwroot-assets/src/service-worker.ts shows it).</summary>
internal static class PushPayload
{
    /// <summary>
    /// The most bytes: push services take 4096, of which the encryption needs 103 (RFC 8291, section 4), and leave some to be padded.
    /// </summary>
    public const int MostBytes = 3800;

    private const int MostOfTitle = 200;
    private const int MostOfBody = 1000;

    /// <summary>How many characters of Base64 name what belongs together: as many as push services take (RFC 8030, section 5.4).</summary>
    private const int LettersOfTopic = 32;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The message as JSON; its text is shortened until it fits.</summary>
    public static string Of(OutgoingMessage message)
    {
        var letters = MostOfBody;
        string text;
        do
        {
            text = JsonSerializer.Serialize(ContentOf(message, letters), Json);
            letters /= 2;
        }
        while (Encoding.UTF8.GetByteCount(text) > MostBytes && letters > 1);
        return text;
    }

    /// <summary>What keeps messages together at the push service: a device that was off gets the last one alone.</summary>
    public static string TopicOf(OutgoingMessage message) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Thread)))[..LettersOfTopic];

    private static object ContentOf(OutgoingMessage message, int letters) => new
    {
        title = OneLine.Shortened(OneLine.Of(message.Subject), MostOfTitle),
        body = OneLine.Shortened(message.Brief, letters),
        tag = message.Thread,
        path = message.Path,
        isUrgent = Urgency.Of(message) is AlarmLevel.Critical,
        isNews = message.IsTest || Urgency.Of(message) is not null,
        at = new DateTimeOffset(message.AtUtc, TimeSpan.Zero).ToUnixTimeMilliseconds(),
    };
}
