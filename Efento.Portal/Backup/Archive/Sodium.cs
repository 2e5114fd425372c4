using System.Runtime.InteropServices;

namespace Efento.Portal.Backup.Archive;

/// <summary>
/// libsodium's encrypted streams (https://doc.libsodium.org/secret-key_cryptography/secretstream), from the library that comes with NSec,
/// which has no class of its own for them: pieces can be neither changed, left out, moved nor repeated, and a cut end is noticed.
/// </summary>
internal static partial class Sodium
{
    /// <summary>The length of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>The length of what stands before the first piece.</summary>
    public const int HeaderBytes = 24;

    /// <summary>What a piece is longer when it is encrypted.</summary>
    public const int AddedBytes = 17;

    /// <summary>The mark of a piece that others follow.</summary>
    public const byte MoreFollows = 0;

    /// <summary>The mark of the last piece.</summary>
    public const byte Last = 3;

    /// <summary>The length of the state of a stream.</summary>
    public const int StateBytes = 52;

    private const string Library = "libsodium";

    [LibraryImport(Library, EntryPoint = "crypto_secretstream_xchacha20poly1305_init_push")]
    public static partial int BeginEncrypting(Span<byte> state, Span<byte> header, ReadOnlySpan<byte> key);

    [LibraryImport(Library, EntryPoint = "crypto_secretstream_xchacha20poly1305_push")]
    public static partial int Encrypt(
        Span<byte> state, Span<byte> encrypted, out ulong encryptedLength, ReadOnlySpan<byte> plain, ulong plainLength,
        ReadOnlySpan<byte> bound, ulong boundLength, byte mark);

    [LibraryImport(Library, EntryPoint = "crypto_secretstream_xchacha20poly1305_init_pull")]
    public static partial int BeginDecrypting(Span<byte> state, ReadOnlySpan<byte> header, ReadOnlySpan<byte> key);

    [LibraryImport(Library, EntryPoint = "crypto_secretstream_xchacha20poly1305_pull")]
    public static partial int Decrypt(
        Span<byte> state, Span<byte> plain, out ulong plainLength, out byte mark, ReadOnlySpan<byte> encrypted, ulong encryptedLength,
        ReadOnlySpan<byte> bound, ulong boundLength);
}
