using NSec.Cryptography;

namespace Efento.Portal.Backup.Archive;

/// <summary>The form of an encrypted backup: a word, a salt, the header of a stream of libsodium, and its pieces.</summary>
internal static class EncryptedForm
{
    /// <summary>The length of the salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>The length of a piece before it is encrypted. Only the last one may be shorter.</summary>
    public const int PieceBytes = 1 << 16;

    /// <summary>
    /// 64 MiB and three passes, the second choice of RFC 9106 for machines with little memory: a small computer has to make the key, too.
    /// Another cost needs another word.
    /// </summary>
    private static readonly Argon2Parameters Cost = new() { DegreeOfParallelism = 1, MemorySize = 64 * 1024, NumberOfPasses = 3 };

    /// <summary>The word at the beginning, which also says how the key is made.</summary>
    public static ReadOnlySpan<byte> Word => "EfentoPortalBkp1"u8;

    /// <summary>The key of a passphrase.</summary>
    public static byte[] KeyOf(string passphrase, ReadOnlySpan<byte> salt) =>
        PasswordBasedKeyDerivationAlgorithm.Argon2id(Cost).DeriveBytes(passphrase, salt, Sodium.KeyBytes);
}
