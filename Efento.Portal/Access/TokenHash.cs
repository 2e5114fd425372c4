using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Efento.Portal.Access;

/// <summary>SHA-256 of a token or a header's value. It leaves no copy of the secret on the heap, and is compared in fixed time.</summary>
internal readonly struct TokenHash : IEquatable<TokenHash>
{
    private const int MostOnStack = 256;

    private readonly ulong _a, _b, _c, _d;

    /// <summary>The hash as it is stored.</summary>
    public TokenHash(ReadOnlySpan<byte> hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(hash[..SHA256.HashSizeInBytes]);
        (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>The hash as it is stored.</summary>
    public byte[] ToBytes()
    {
        ReadOnlySpan<ulong> words = [_a, _b, _c, _d];
        return MemoryMarshal.AsBytes(words).ToArray();
    }

    /// <summary>The hash of a text as presented.</summary>
    public static TokenHash Of(string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > MostOnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented ?? stackalloc byte[MostOnStack];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        SHA256.HashData(bytes[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return new TokenHash(hash);
    }

    /// <summary>Compares whole hashes in fixed time.</summary>
    public bool Equals(TokenHash other) => ((_a ^ other._a) | (_b ^ other._b) | (_c ^ other._c) | (_d ^ other._d)) == 0;

    /// <summary>Compares whole hashes in fixed time.</summary>
    public static bool operator ==(TokenHash one, TokenHash other) => one.Equals(other);

    /// <summary>Compares whole hashes in fixed time.</summary>
    public static bool operator !=(TokenHash one, TokenHash other) => !one.Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenHash other && Equals(other);

    /// <summary>Tokens are looked up by the first bytes of their hash, which reveal nothing about the token.</summary>
    public override int GetHashCode() => _a.GetHashCode();
}
