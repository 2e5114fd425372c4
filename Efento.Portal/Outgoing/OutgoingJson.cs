using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Efento.Portal.ReadApi;

namespace Efento.Portal.Outgoing;

/// <summary>Writes readings as the read API does, with the logger and the point of each.</summary>
internal static class OutgoingJson
{
    /// <summary>The type of a message with readings.</summary>
    public const string EventType = "readings.stored";

    private const int HashedBytes = 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcMilliseconds() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>
    /// A message with all readings of a batch. It has no time of its own, so that the same readings always make the same message.
    /// </summary>
    public static string MessageOf(string feed, IReadOnlyList<OutgoingReading> readings) => JsonSerializer.Serialize(
        new
        {
            type = EventType,
            timestamp = readings.Max(r => r.Reading.ReceivedAt),
            data = new { feed, readings = readings.Select(NodeOf) },
        },
        Json);

    /// <summary>One reading.</summary>
    public static string Of(OutgoingReading reading) => NodeOf(reading).ToJsonString(Json);

    /// <summary>
    /// The idempotency key of a message, made from what it says and from where that begins in the ledger: readings that are read again from
    /// the ledger have it again only if nothing was added to them, because a receiver drops a key that it knows. What is stored once more,
    /// such as what is read again from the quarantine, is another message, though it says the same.
    /// </summary>
    /// <param name="feed">The key of the feed.</param>
    /// <param name="firstMessageId">The message in the ledger with which the first reading was stored.</param>
    /// <param name="message">What it says.</param>
    public static string KeyOf(string feed, long firstMessageId, string message)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{firstMessageId}\n{message}");
        return $"{feed}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, HashedBytes))}";
    }

    private static JsonObject NodeOf(OutgoingReading reading)
    {
        var node = JsonSerializer.SerializeToNode(reading.Reading, Json)!.AsObject();
        node.Insert(0, "serial", reading.Serial);
        node.Insert(1, "point", JsonSerializer.SerializeToNode(reading.Point, Json));
        return node;
    }
}
