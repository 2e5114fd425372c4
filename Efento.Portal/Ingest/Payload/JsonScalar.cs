using System.Buffers;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// The current value of a JSON reader, with its unescaped text in UTF-8. Invalid text (a lone surrogate, or more than any field needs) has
/// the kind <see cref="JsonTokenType.None"/>. Objects and arrays have no text.
/// </summary>
internal readonly ref struct JsonScalar
{
    /// <summary>The longest escaped text that is read, in bytes: 64 characters, each written as <c>\uXXXX</c>.</summary>
    public const int ScratchBytes = 64 * 6;

    private JsonScalar(JsonTokenType kind, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>The kind of value.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The text of a string or a number. It may still be invalid UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The text without leading and trailing ASCII white space.</summary>
    public ReadOnlySpan<byte> Trimmed =>
        Text.Length == 0 || (Text[0] > ' ' && Text[^1] > ' ') ? Text : Text.Trim(" \t\r\n"u8);

    /// <summary>The current value of a reader.</summary>
    /// <param name="json">A reader over one span.</param>
    /// <param name="scratch">A buffer of <see cref="ScratchBytes"/> for unescaped text; the result may refer to it.</param>
    public static JsonScalar Of(scoped ref readonly Utf8JsonReader json, Span<byte> scratch) => json.TokenType switch
    {
        JsonTokenType.Number => new(JsonTokenType.Number, json.ValueSpan),
        JsonTokenType.String or JsonTokenType.PropertyName => json.ValueIsEscaped
            ? Unescaped(json.ValueSpan, scratch)
            : new(JsonTokenType.String, json.ValueSpan),
        var other => new(other, default),
    };

    private static JsonScalar Unescaped(ReadOnlySpan<byte> escaped, Span<byte> scratch) =>
        JsonEscapes.Remove(escaped, scratch, out var written) is OperationStatus.Done
            ? new(JsonTokenType.String, scratch[..written])
            : default;
}
