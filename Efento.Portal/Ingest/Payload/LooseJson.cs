using System.Buffers;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Converts nearly valid JSON into JSON. Some firmware prints numbers as its C library does: a bare <c>nan</c>, <c>-inf</c> or
/// <c>1.#QNAN</c> becomes <c>null</c>, <c>+4.5</c> becomes 4.5, <c>.5</c> becomes 0.5 and <c>True</c> becomes <c>true</c>. Strings, and
/// anything that is not understood, stay unchanged.
/// </summary>
internal sealed class LooseJson
{
    // Longer than any number or word that is repaired. Anything longer is garbage and stays.
    private const int LongestToken = 64;

    private static readonly SearchValues<byte> EndsOfToken = SearchValues.Create(" \t\r\n,:{}[]\""u8);

    private readonly ArrayBufferWriter<byte> _json;
    private readonly List<(int After, int Shift)> _shifts = [];
    private int _copied;

    private LooseJson(int length) => _json = new(length + LongestToken);

    /// <summary>The repaired text.</summary>
    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    /// <summary>Repairs a text; null if there is nothing to repair.</summary>
    public static LooseJson? Repair(ReadOnlySpan<byte> text)
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
            if (length is > 0 and <= LongestToken && LooseToken.Repair(text.Slice(i, length)) is { } token)
            {
                (mended ??= new(text.Length)).Replace(text, i, length, token);
            }

            i += Math.Max(length, 1);
        }

        mended?._json.Write(text[mended._copied..]);
        return mended;
    }

    /// <summary>Converts an offset in the repaired text to the offset in the original, in bytes.</summary>
    public int Original(int offset)
    {
        // A binary search, because a large body may have very many shifts and every part asks.
        var (from, to) = (0, _shifts.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _shifts[middle].After <= offset ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? offset : offset - _shifts[from - 1].Shift;
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
