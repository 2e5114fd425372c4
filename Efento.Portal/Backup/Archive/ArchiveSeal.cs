using System.Security.Cryptography;
using System.Text;

namespace Efento.Portal.Backup.Archive;

/// <summary>
/// The end of an archive: the SHA-256 of all bytes before it, as the comment of an empty member of gzip. gzip and tar read over it, and no
/// bit of the file can change without being noticed.
/// </summary>
internal static class ArchiveSeal
{
    /// <summary>The magic number, deflate, a comment follows, no time, no level, an unknown system (RFC 1952).</summary>
    private static readonly byte[] Head = [0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 0xff];

    /// <summary>The end of the comment, an empty block, and the checksum and length of nothing.</summary>
    private static readonly byte[] Tail = [0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] Word = "SHA-256 "u8.ToArray();

    /// <summary>Its length.</summary>
    public static int Length { get; } = Head.Length + Word.Length + (SHA256.HashSizeInBytes * 2) + Tail.Length;

    /// <summary>The end of an archive whose bytes have this hash.</summary>
    public static byte[] Of(ReadOnlySpan<byte> hash) =>
        [.. Head, .. Word, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash)), .. Tail];
}
