using System.Buffers;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// The value under a JSON reader, with its text as UTF-8 and without escapes. Text that can't be one (a lone surrogate, more than any field
/// takes) has the kind <see cref="JsonTokenType.None"/>; of objects and arrays there is the kind alone.
/// </summary>
internal readonly ref struct JsonScalar
{
    /// <summary>The longest escaped text that is looked at, in bytes: 64 characters, each written as <c>\uXXXX</c>.</summary>
    public const int ScratchBytes = 64 * 6;

    private JsonScalar(JsonTokenType kind, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>What it is.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The text of a string or a number. May still be invalid UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The text without white space (ASCII) around it.</summary>
    public ReadOnlySpan<byte> Trimmed =>
        Text.Length == 0 || (Text[0] > ' ' && Text[^1] > ' ') ? Text : Text.Trim(" \t\r\n"u8);

    /// <summary>The value the reader stands on.</summary>
    /// <param name="json">A reader over one span.</param>
    /// <param name="scratch">Where escaped text is written out; the result may point into it. <see cref="ScratchBytes"/> long.</param>
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
