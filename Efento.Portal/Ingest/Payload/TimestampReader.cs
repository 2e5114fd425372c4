using System.Text;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads times in all formats that gateways use: <c>2018-10-12 15:28:21</c>, the same with <c> UTC</c>, ISO 8601 with fractions and an
/// offset, and Unix time in seconds or milliseconds, as a number or a string. A time without an offset is UTC. Source: docs/gateway-api.md,
/// "Measurements body".
/// </summary>
internal static class TimestampReader
{
    // Unix times below this are seconds (until the year 5138), above it milliseconds (since March 1973).
    private const double FirstMilliseconds = 1e11;

    private const int UpToMinutes = 16;
    private const long MsPerMinute = 60_000;

    private static readonly long EarliestMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>
    /// Reads a time in Unix ms (UTC), without fractions of a ms; false if it is not a time or is outside the years 1 to 9999.
    /// </summary>
    public static bool TryRead(JsonScalar value, out long unixMs)
    {
        unixMs = 0;
        return value.Kind switch
        {
            JsonTokenType.String => TryReadText(value.Trimmed, out unixMs) || TryReadUnix(value.Trimmed, out unixMs),
            JsonTokenType.Number => TryReadUnix(value.Text, out unixMs),
            _ => false,
        };
    }

    private static bool TryReadUnix(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (!NumberReader.TryParse(text, out var number))
        {
            return false;
        }

        var ms = Math.Round(Math.Abs(number) < FirstMilliseconds ? number * 1_000 : number);
        if (ms < EarliestMs || ms > LatestMs)
        {
            return false;
        }

        unixMs = (long)ms;
        return true;
    }

    private static bool TryReadText(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text.Length < UpToMinutes || !TryReadMinutes(text, out var minutes))
        {
            return false;
        }

        var rest = text[UpToMinutes..];
        if (!TryTakeSeconds(ref rest, out var ms) || !TryReadOffset(rest, out var offsetMinutes))
        {
            return false;
        }

        unixMs = ((minutes - offsetMinutes) * MsPerMinute) + ms;
        return unixMs >= EarliestMs && unixMs <= LatestMs;
    }

    private static bool TryReadMinutes(ReadOnlySpan<byte> text, out long minutes)
    {
        minutes = 0;
        var year = (TwoDigits(text, 0) * 100) + TwoDigits(text, 2);
        var (month, day, hour, minute) = (TwoDigits(text, 5), TwoDigits(text, 8), TwoDigits(text, 11), TwoDigits(text, 14));
        if (text[4] != '-' || text[7] != '-' || text[13] != ':' || text[10] is not ((byte)' ' or (byte)'T' or (byte)'t')
            || year is < 1 or > 9999 || month is < 1 or > 12 || hour > 23 || minute > 59
            || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var sinceEpoch = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc) - DateTime.UnixEpoch;
        minutes = sinceEpoch.Ticks / TimeSpan.TicksPerMinute;
        return true;
    }

    private static bool TryTakeSeconds(ref ReadOnlySpan<byte> rest, out int ms)
    {
        ms = 0;
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        var seconds = rest.Length >= 3 ? TwoDigits(rest, 1) : NotDigits;
        if (seconds > 59)
        {
            return false;
        }

        rest = rest[3..];
        ms = seconds * 1_000;
        return rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)',') || TryTakeFraction(ref rest, ref ms);
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, ref int ms)
    {
        var i = 1;
        for (var weight = 100; i < rest.Length && char.IsAsciiDigit((char)rest[i]); i++, weight /= 10)
        {
            ms += (rest[i] - '0') * weight;
        }

        rest = rest[i..];
        return i > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        rest = rest.TrimStart((byte)' ');
        if (rest.IsEmpty || Ascii.EqualsIgnoreCase(rest, "Z"u8) || Ascii.EqualsIgnoreCase(rest, "UTC"u8))
        {
            return true;
        }

        if (rest[0] is not ((byte)'+' or (byte)'-') || rest.Length is not (3 or 5 or 6) || (rest.Length == 6 && rest[3] != ':'))
        {
            return false;
        }

        var hours = TwoDigits(rest, 1);
        var further = rest.Length == 3 ? 0 : TwoDigits(rest, rest.Length - 2);
        minutes = ((hours * 60) + further) * (rest[0] is (byte)'-' ? -1 : 1);
        return hours <= 23 && further <= 59;
    }

    // Larger than any part of a time, also in a sum with another part.
    private const int NotDigits = 100_000;

    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : NotDigits;
    }
}
