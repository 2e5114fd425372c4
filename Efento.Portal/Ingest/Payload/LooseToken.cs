using System.Buffers;
using System.Text;

namespace Efento.Portal.Ingest.Payload;

/// <summary>Repairs one bare word of nearly valid JSON.</summary>
internal static class LooseToken
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>
    /// Whether this is how a C library, .NET, Java or Python prints a value that is not a number: <c>nan</c>, <c>-inf</c>, <c>1.#IND</c>,
    /// <c>nan(ind)</c>.
    /// </summary>
    public static bool IsNonNumber(ReadOnlySpan<byte> text)
    {
        var word = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        return Ascii.EqualsIgnoreCase(word, "nan"u8)
            || Ascii.EqualsIgnoreCase(word, "nanq"u8)
            || Ascii.EqualsIgnoreCase(word, "nans"u8)
            || Ascii.EqualsIgnoreCase(word, "inf"u8)
            || Ascii.EqualsIgnoreCase(word, "infinity"u8)
            || (word.Length > 4 && word[^1] is (byte)')' && Ascii.EqualsIgnoreCase(word[..4], "nan("u8))
            || (word.Length > 3 && word[0] is >= (byte)'0' and <= (byte)'9' && word[1..3].SequenceEqual(".#"u8));
    }

    /// <summary>The JSON for a bare word; null if it is already JSON or is not understood.</summary>
    public static byte[]? Repair(ReadOnlySpan<byte> token) =>
        IsNonNumber(token) || IsLiteral(token, "null"u8) || Ascii.EqualsIgnoreCase(token, "none"u8) ? "null"u8.ToArray()
        : IsLiteral(token, "true"u8) ? "true"u8.ToArray()
        : IsLiteral(token, "false"u8) ? "false"u8.ToArray()
        : RepairNumber(token);

    /// <summary>Whether it is the literal in another case.</summary>
    private static bool IsLiteral(ReadOnlySpan<byte> token, ReadOnlySpan<byte> literal) =>
        Ascii.EqualsIgnoreCase(token, literal) && !token.SequenceEqual(literal);

    /// <summary>Repairs a number with a plus sign, leading zeros, or no digit on one side of its point.</summary>
    private static byte[]? RepairNumber(ReadOnlySpan<byte> token)
    {
        var isNegative = token[0] is (byte)'-';
        var unsigned = isNegative || token[0] is (byte)'+' ? token[1..] : token;
        var whole = CountDigits(unsigned);
        var hasPoint = whole < unsigned.Length && unsigned[whole] is (byte)'.';
        var decimals = hasPoint ? CountDigits(unsigned[(whole + 1)..]) : 0;
        var exponent = unsigned[(whole + (hasPoint ? 1 : 0) + decimals)..];
        if (whole + decimals == 0 || !IsExponent(exponent))
        {
            return null;
        }

        var front = unsigned[..whole].TrimStart((byte)'0');
        byte[] mended =
        [
            .. isNegative ? "-"u8 : [],
            .. front.IsEmpty ? "0"u8 : front,
            .. decimals > 0 ? "."u8 : [],
            .. decimals > 0 ? unsigned.Slice(whole + 1, decimals) : [],
            .. exponent,
        ];
        return token.SequenceEqual(mended) ? null : mended;
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var digits = text.Length > 1 && text[1] is (byte)'-' or (byte)'+' ? text[2..] : text[1..];
        return text[0] is (byte)'e' or (byte)'E' && !digits.IsEmpty && CountDigits(digits) == digits.Length;
    }

    private static int CountDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Digits) is var end and >= 0 ? end : text.Length;
}
