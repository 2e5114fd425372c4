using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Lists the fields of a JSON body for people; <see cref="ShapeFingerprint"/> only distinguishes shapes. Slow, so use it for new shapes
/// only.
/// </summary>
internal static class BodyShape
{
    /// <summary>The maximum number of lines. A body with more of them is not a message of a gateway.</summary>
    public const int MaxLines = 500;

    private const int MaxKeyLength = 64;

    // Sorts an object before its fields, unlike a plain sort of the lines.
    private static readonly Comparer<(string Path, string Kind)> ByPath = Comparer<(string Path, string Kind)>.Create((a, b) =>
        string.CompareOrdinal(a.Path, b.Path) is var order and not 0 ? order : string.CompareOrdinal(a.Kind, b.Kind));

    /// <summary>
    /// The distinct fields and the kinds of their values, sorted, such as <c>measurements[].params[].value: number</c>. The body itself is
    /// <c>$</c>, and a key that is a serial is <c>*</c>. Empty if the body is not JSON.
    /// </summary>
    /// <param name="json">The body.</param>
    /// <param name="isCut">Whether it is only the beginning of a larger body, which may end anywhere.</param>
    public static IReadOnlyList<string> Describe(ReadOnlyMemory<byte> json, bool isCut = false)
    {
        var lines = new SortedSet<(string Path, string Kind)>(ByPath);
        var reader = new Utf8JsonReader(
            BodyText.Json(json.Span), isFinalBlock: !isCut, new JsonReaderState(new() { MaxDepth = MessageScan.MaxDepth }));
        try
        {
            reader.Read();
            Describe(ref reader, "", lines);

            // Throws if anything but white space follows the end.
            reader.Read();
            return [.. lines.Select(l => $"{l.Path}: {l.Kind}")];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void Describe(ref Utf8JsonReader json, string path, SortedSet<(string Path, string Kind)> lines)
    {
        if (lines.Count < MaxLines)
        {
            lines.Add((path.Length == 0 ? "$" : path, Kind(json.TokenType)));
        }

        if (json.TokenType is JsonTokenType.StartArray)
        {
            var element = path + "[]";
            while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
            {
                Describe(ref json, element, lines);
            }
        }
        else if (json.TokenType is JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var child = path.Length == 0 ? Key(in json) : $"{path}.{Key(in json)}";
                if (json.Read())
                {
                    Describe(ref json, child, lines);
                }
            }
        }
    }

    private static string Key(ref readonly Utf8JsonReader json)
    {
        Span<byte> scratch = stackalloc byte[JsonScalar.ScratchBytes];
        var key = JsonScalar.Of(in json, scratch).Text;
        return SerialReader.IsHexSerial(key) ? "*" : PrintableText.Shorten(key, MaxKeyLength) ?? "?";
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "object",
        JsonTokenType.StartArray => "array",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "boolean",
        _ => "null",
    };
}
