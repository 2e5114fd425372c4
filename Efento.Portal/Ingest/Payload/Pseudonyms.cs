using System.Buffers;
using System.Globalization;
using System.Text;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Pseudonyms for serials, numbered in order of occurrence. Every letter and digit becomes 0, the number stands at the end, and everything
/// else stays. <c>282C024FFFB2</c> may become <c>000000000001</c>; in a MAC address, the colons stay.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the pseudonym of <paramref name="text"/> (UTF-8, no escapes), valid inside a JSON string.</summary>
    public void WriteText(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => Write(text, output, first: '0');

    /// <summary>Writes the pseudonym of a number's digits, valid as a JSON number.</summary>
    public void WriteNumber(ReadOnlySpan<byte> digits, IBufferWriter<byte> output) => Write(digits, output, first: '1');

    private void Write(ReadOnlySpan<byte> original, IBufferWriter<byte> output, char first)
    {
        var text = Encoding.UTF8.GetString(original);
        var standIn = text.ToCharArray();
        var number = NumberOf(text);
        for (var i = standIn.Length - 1; i >= 0; i--)
        {
            if (IsMark(standIn[i]))
            {
                continue;
            }

            standIn[i] = (char)('0' + (number % 10));
            number /= 10;
        }

        if (standIn.Length > 0 && standIn[0] is '0')
        {
            standIn[0] = first;
        }

        output.Write(Encoding.UTF8.GetBytes(standIn));
        if (number > 0)
        {
            output.Write(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private int NumberOf(string text)
    {
        var identity = string.Concat(text.Where(char.IsLetterOrDigit));
        if (!_numbers.TryGetValue(identity, out var number))
        {
            _numbers[identity] = number = _numbers.Count + 1;
        }

        return number;
    }

    private static bool IsMark(char c) => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('"' or '\\') && !char.IsControl(c);
}
