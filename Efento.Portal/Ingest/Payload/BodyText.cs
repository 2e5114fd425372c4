namespace Efento.Portal.Ingest.Payload;

/// <summary>The text of a body, without what JSON readers refuse though it means nothing.</summary>
internal static class BodyText
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Ends of a buffer that was sent whole, and white space.</summary>
    private static ReadOnlySpan<byte> Behind => "\0 \t\r\n"u8;

    /// <summary>The body without the mark some clients put before UTF-8.</summary>
    public static ReadOnlySpan<byte> SkipMark(ReadOnlySpan<byte> body) => body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    /// <summary>The body without mark, and without white space and NULs behind it.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => SkipMark(body).TrimEnd(Behind);

    /// <summary>The body as JSON, if it is so or nearly so (<see cref="LooseJson"/>); else its text.</summary>
    public static ReadOnlySpan<byte> Json(ReadOnlySpan<byte> body)
    {
        var text = Of(body);
        return LooseJson.Mend(text) is { } mended ? mended.Json : text;
    }
}
