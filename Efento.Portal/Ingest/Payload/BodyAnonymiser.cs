using System.Buffers;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Replaces the serials in a body so that it can be shared: 12 hex digits in any string or key, and every value under a key such as
/// "serial", "mac" or "id". The same serial always gets the same pseudonym; every other byte stays.
/// </summary>
internal static class BodyAnonymiser
{
    /// <summary>Returns the body with pseudonyms. Where it is not JSON, or after it is cut off, only 12 hex digits are replaced.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isCut">
    /// Whether it is only the beginning of a larger body. The last, incomplete value is left out, because it may be a serial.
    /// </param>
    public static byte[] Anonymise(ReadOnlyMemory<byte> body, bool isCut = false)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(body.Length, 1));
        var pseudonyms = new Pseudonyms();
        var copied = body.Length - BodyText.SkipMark(body.Span).Length;
        output.Write(body.Span[..copied]);
        copied += AnonymiseJson(body.Span[copied..], isCut, pseudonyms, output);
        SerialTokens.Replace(body.Span[copied..], pseudonyms, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Processes the body as far as it is JSON, and returns how many bytes that is.</summary>
    private static int AnonymiseJson(ReadOnlySpan<byte> body, bool isCut, Pseudonyms pseudonyms, ArrayBufferWriter<byte> output)
    {
        var json = new Utf8JsonReader(body, isFinalBlock: !isCut, new JsonReaderState(new() { MaxDepth = MessageScan.MaxDepth }));
        var copied = 0;

        // For each depth, whether the key above it names a serial; the elements of an array belong to the array's key.
        Span<bool> isSerial = stackalloc bool[MessageScan.MaxDepth + 2];
        try
        {
            while (json.Read())
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.StartObject:
                        isSerial[json.CurrentDepth + 1] = false;
                        continue;
                    case JsonTokenType.StartArray:
                        isSerial[json.CurrentDepth + 1] = isSerial[json.CurrentDepth];
                        continue;
                    case JsonTokenType.PropertyName:
                        isSerial[json.CurrentDepth] = SerialKeys.Contains(json.ValueSpan);
                        break;
                    case JsonTokenType.String or JsonTokenType.Number:
                        break;
                    default:
                        continue;
                }

                var start = (int)json.TokenStartIndex + (json.TokenType is JsonTokenType.Number ? 0 : 1);
                output.Write(body[copied..start]);
                WriteToken(ref json, isSerial[json.CurrentDepth], pseudonyms, output);
                copied = start + json.ValueSpan.Length;
            }
        }
        catch (JsonException)
        {
            return copied;
        }

        output.Write(body[copied..(isCut ? Math.Max(copied, (int)json.BytesConsumed) : body.Length)]);
        return body.Length;
    }

    private static void WriteToken(ref Utf8JsonReader json, bool isSerial, Pseudonyms pseudonyms, ArrayBufferWriter<byte> output)
    {
        if (json.TokenType is JsonTokenType.PropertyName || (json.TokenType is JsonTokenType.String && !isSerial))
        {
            SerialTokens.Replace(json.ValueSpan, pseudonyms, output);
        }
        else if (!isSerial || json.ValueSpan.IsEmpty)
        {
            output.Write(json.ValueSpan);
        }
        else if (json.TokenType is JsonTokenType.String)
        {
            pseudonyms.WriteText(Unescaped(json.ValueSpan), output);
        }
        else if (json.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            // A negative number or a fraction is not a serial.
            output.Write(json.ValueSpan);
        }
        else
        {
            pseudonyms.WriteNumber(json.ValueSpan, output);
        }
    }

    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> escaped)
    {
        var text = new byte[escaped.Length];
        return JsonEscapes.Remove(escaped, text, out var written) is OperationStatus.Done ? text.AsSpan(..written) : escaped;
    }
}
