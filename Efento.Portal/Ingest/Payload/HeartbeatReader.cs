using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads a heartbeat with the likely keys (<see cref="HeartbeatAliases"/>) at the top level and one level below. A pure function.
/// </summary>
internal static class HeartbeatReader
{
    /// <summary>Reads a body. Never throws; fields that are not understood are null.</summary>
    public static ParsedHeartbeat Read(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(BodyText.Json(body), new JsonReaderOptions { MaxDepth = MessageScan.MaxDepth });
        Span<byte> scratch = stackalloc byte[JsonScalar.ScratchBytes];
        var draft = new HeartbeatDraft();
        try
        {
            json.Read();
            ReadFields(ref json, scratch, draft, level: 0);

            // Throws if anything but white space follows the end.
            json.Read();
            return draft.Heartbeat;
        }
        catch (JsonException)
        {
            return new ParsedHeartbeat { IsJson = false };
        }
    }

    private static void ReadFields(ref Utf8JsonReader json, scoped Span<byte> scratch, HeartbeatDraft draft, int level)
    {
        if (json.TokenType is not JsonTokenType.StartObject || level > 1)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isKnown = HeartbeatAliases.TryFind(JsonScalar.Of(in json, scratch).Text, out var field, out var rank);
            json.Read();
            if (isKnown && json.TokenType is JsonTokenType.StartArray && field is HeartbeatField.Loggers)
            {
                draft.SetLoggers(level, rank, CountElements(ref json));
                continue;
            }

            if (isKnown)
            {
                draft.Set(field, level, rank, JsonScalar.Of(in json, scratch));
            }

            ReadFields(ref json, scratch, draft, level + 1);
        }
    }

    private static int CountElements(ref Utf8JsonReader json)
    {
        var count = 0;
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            json.Skip();
            count++;
        }

        return count;
    }
}
