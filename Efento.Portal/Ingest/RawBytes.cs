using System.IO.Compression;

namespace Efento.Portal.Ingest;

/// <summary>Compresses raw bytes for the ledger and the quarantine.</summary>
internal static class RawBytes
{
    /// <summary>Compresses bytes with Brotli, optimised for speed.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> raw)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(raw);
        }

        return target.ToArray();
    }

    /// <summary>Opens a stream of the decompressed bytes.</summary>
    public static Stream Open(byte[] compressed) => new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);

    /// <summary>Returns the decompressed bytes.</summary>
    public static byte[] Decompress(byte[] compressed)
    {
        using var source = Open(compressed);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }
}
