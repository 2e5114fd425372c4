namespace Efento.Portal.Ingest.Payload;

/// <summary>Removes bytes from a body that mean nothing but that JSON readers reject.</summary>
internal static class BodyText
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Bytes that clients append: NULs of a buffer that was sent as a whole, and white space.</summary>
    private static ReadOnlySpan<byte> Behind => "\0 \t\r\n"u8;

    /// <summary>The body without a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> SkipMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    /// <summary>The body without byte order mark and without trailing white space and NULs.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => SkipMark(body).TrimEnd(Behind);

    /// <summary>The body as JSON if it is JSON or nearly JSON (<see cref="LooseJson"/>); otherwise its text.</summary>
    public static ReadOnlySpan<byte> Json(ReadOnlySpan<byte> body)
    {
        var text = Of(body);
        return LooseJson.Repair(text) is { } mended ? mended.Json : text;
    }
}
