using System.Buffers;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Takes the serials out of a body so that it can be shown to others: 12 hex digits anywhere in a string or key, and whatever stands under a
/// key such as "serial", "mac" or "id". The same serial becomes the same stand-in everywhere; every other byte stays.
/// </summary>
public static class BodyAnonymiser
{
    /// <summary>The body with stand-ins. Where it is not JSON, or from where it breaks off, only the 12 hex digits are replaced.</summary>
    public static byte[] Anonymise(ReadOnlyMemory<byte> body)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(body.Length, 1));
        var pseudonyms = new Pseudonyms();
        var copied = body.Length - BodyText.SkipMark(body.Span).Length;
        output.Write(body.Span[..copied]);
        copied += AnonymiseJson(body.Span[copied..], pseudonyms, output);
        SerialTokens.Replace(body.Span[copied..], pseudonyms, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Goes as far as the body is JSON; returns how far that was, in bytes.</summary>
    private static int AnonymiseJson(ReadOnlySpan<byte> body, Pseudonyms pseudonyms, ArrayBufferWriter<byte> output)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MessageScan.MaxDepth });
        var copied = 0;

        // For each depth whether the key above it names a serial; the elements of an array stand under the array's key.
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

        output.Write(body[copied..]);
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
            // A negative number or a fraction is no serial.
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
