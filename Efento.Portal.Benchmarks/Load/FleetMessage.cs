using System.Globalization;
using System.Text;

namespace Efento.Portal.Benchmarks.Load;

/// <summary>
/// One POST of a virtual fleet, ready to be sent: ten loggers, two values each, headers included. <see cref="Advance"/> moves it to the
/// next measurement in place, so that every reading is new and the sender formats nothing.
/// </summary>
internal sealed class FleetMessage
{
    /// <summary>Loggers in a message.</summary>
    public const int Loggers = 10;

    /// <summary>Values in a message.</summary>
    public const int Values = 2 * Loggers;

    /// <summary>Between two measurements of a logger.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    // Seconds differ from logger to logger and never change; only this much of a time moves on.
    private const string MinuteFormat = "yyyy-MM-dd HH:mm";

    private readonly DateTime _startUtc;
    private readonly byte[] _request;
    private readonly int[] _measuredAt = new int[Loggers];
    private readonly int[] _nextAt = new int[Loggers];
    private readonly int[] _tenths = new int[Loggers];
    private readonly byte[] _now = new byte[MinuteFormat.Length];
    private readonly byte[] _next = new byte[MinuteFormat.Length];

    /// <summary>The message of the fleet's loggers <paramref name="number"/> × 10 … + 9, before its first measurement.</summary>
    public FleetMessage(int number, DateTime startUtc, string host, string path, string token)
    {
        _startUtc = startUtc;
        var body = Body(number);
        var head = $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nX-Api-Token: {token}\r\nContent-Length: {body.Length}\r\n\r\n";
        var text = head + body;
        _request = Encoding.ASCII.GetBytes(text);
        Find(text, "\"measured_at\":\"", _measuredAt);
        Find(text, "\"next_measurement_at\":\"", _nextAt);
        Find(text, "\"temperature\",\"value\":21.", _tenths);
    }

    /// <summary>The serial of the fleet's logger <paramref name="index"/>.</summary>
    public static string Serial(int index) => $"282C02{index:X6}";

    /// <summary>How often it was advanced.</summary>
    public int Cycle { get; private set; }

    /// <summary>The HTTP request.</summary>
    public ReadOnlySpan<byte> Request => _request;

    /// <summary>Moves every logger to its next measurement.</summary>
    public void Advance()
    {
        var now = _startUtc + (Cycle * Interval);
        now.TryFormat(_now, out _, MinuteFormat, CultureInfo.InvariantCulture);
        (now + Interval).TryFormat(_next, out _, MinuteFormat, CultureInfo.InvariantCulture);
        for (var i = 0; i < Loggers; i++)
        {
            _now.CopyTo(_request, _measuredAt[i]);
            _next.CopyTo(_request, _nextAt[i]);
            _request[_tenths[i]] = (byte)('0' + ((Cycle + i) % 10));
        }

        Cycle++;
    }

    private static string Body(int number)
    {
        var records = Enumerable.Range(0, Loggers).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
            {"serial":"{{Serial((number * Loggers) + i)}}","response_handle":{{i}},"battery":"ok","signal":{{-40 - i}},"measured_at":"2018-10-12 15:28:{{(number + i) % 60:00}}","measurement_interval":180,"next_measurement_at":"2018-10-12 15:31:{{(number + i) % 60:00}}","params":[{"channel":1,"type":"temperature","value":21.0},{"channel":2,"type":"humidity","value":{{40 + i}}}]}
            """));
        return $"{{\"measurements\":[{string.Join(',', records)}]}}";
    }

    private static void Find(string text, string before, int[] positions)
    {
        var at = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            at = text.IndexOf(before, at, StringComparison.Ordinal) + before.Length;
            positions[i] = at;
        }
    }
}
