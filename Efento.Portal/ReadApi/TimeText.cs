using System.Globalization;

namespace Efento.Portal.ReadApi;

/// <summary>
/// Times as the read API writes them, in bytes. It remembers the last one, because neighbours often share theirs. Not thread-safe.
/// </summary>
internal sealed class TimeText
{
    /// <summary>The bytes of a time.</summary>
    public const int Length = 24;

    // yyyy-MM-ddTHH:mm:ss.fffffffZ, which is many times faster to write than a form of one's own.
    private const int RoundTripLength = 28;

    private readonly byte[] _text = new byte[RoundTripLength];
    private long _ms = long.MinValue;

    /// <summary>The text of a time in Unix ms, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(long ms)
    {
        if (ms != _ms)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
            time.TryFormat(_text, out _, "O", CultureInfo.InvariantCulture);
            _text[Length - 1] = (byte)'Z';
            _ms = ms;
        }

        return _text.AsSpan(0, Length);
    }
}
