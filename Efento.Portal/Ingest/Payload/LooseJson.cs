using System.Buffers;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Makes JSON of what is nearly JSON: firmware prints numbers as its C library does. A bare <c>nan</c>, <c>-inf</c> or <c>1.#QNAN</c> becomes
/// <c>null</c>, <c>+4.5</c> becomes 4.5, <c>.5</c> 0.5 and <c>True</c> <c>true</c>. Texts, and what can't be understood, stay as they are.
/// </summary>
internal sealed class LooseJson
{
    // Longer than any number or word that is mended; more is somebody's garbage and stays.
    private const int LongestToken = 64;

    private static readonly SearchValues<byte> EndsOfToken = SearchValues.Create(" \t\r\n,:{}[]\""u8);

    private readonly ArrayBufferWriter<byte> _json;
    private readonly List<(int After, int Shift)> _shifts = [];
    private int _copied;

    private LooseJson(int length) => _json = new(length + LongestToken);

    /// <summary>The mended text.</summary>
    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    /// <summary>Mends a text; null if there is nothing in it that could be mended.</summary>
    public static LooseJson? Mend(ReadOnlySpan<byte> text)
    {
        LooseJson? mended = null;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is (byte)'"')
            {
                i = EndOfString(text, i);
                continue;
            }

            var length = LengthOfToken(text[i..]);
            if (length is > 0 and <= LongestToken && LooseToken.Mend(text.Slice(i, length)) is { } token)
            {
                (mended ??= new(text.Length)).Replace(text, i, length, token);
            }

            i += Math.Max(length, 1);
        }

        mended?._json.Write(text[mended._copied..]);
        return mended;
    }

    /// <summary>Where a place of the mended text was in the original, in bytes.</summary>
    public int Original(int offset)
    {
        var shift = 0;
        foreach (var (after, total) in _shifts)
        {
            if (offset < after)
            {
                break;
            }

            shift = total;
        }

        return offset - shift;
    }

    private void Replace(ReadOnlySpan<byte> text, int at, int length, ReadOnlySpan<byte> token)
    {
        _json.Write(text[_copied..at]);
        _json.Write(token);
        _copied = at + length;
        _shifts.Add((_json.WrittenCount, _json.WrittenCount - _copied));
    }

    private static int LengthOfToken(ReadOnlySpan<byte> text) =>
        text.IndexOfAny(EndsOfToken) is var end and >= 0 ? end : text.Length;

    private static int EndOfString(ReadOnlySpan<byte> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'"':
                    return i + 1;
            }
        }

        return text.Length;
    }
}
