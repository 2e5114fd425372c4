namespace Efento.Portal.Ingest.Payload;

/// <summary>The mark some clients put before UTF-8; JSON readers refuse it.</summary>
internal static class ByteOrderMark
{
    private static ReadOnlySpan<byte> Utf8 => "\uFEFF"u8;

    /// <summary>The body without the mark.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> body) => body.StartsWith(Utf8) ? body[Utf8.Length..] : body;
}
