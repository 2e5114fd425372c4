namespace Efento.Portal.Access;

/// <summary>A custom header as it is entered in a gateway's settings. The value is in clear text and is shown once.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; empty if the portal is to make one.</param>
public sealed record CustomHeader(string Name, string Value)
{
    /// <summary>The longest value.</summary>
    public const int LongestValue = 256;

    /// <summary>The longest name.</summary>
    public const int LongestName = 100;

    private const string Marks = "!#$%&'*+-.^_`|~";

    /// <summary>
    /// Names that already have a meaning for HTTP, gateways, proxies or the portal. A secret in X-Gateway-Serial would be shown as a
    /// serial.
    /// </summary>
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Api-Token", "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Age", "Allow", "Authorization", "Cache-Control",
        "Charset", "Connection",
        "Cookie", "Date", "Expect", "Forwarded", "From", "Host", "HTTP2-Settings", "If-Match", "If-Modified-Since", "If-None-Match",
        "If-Range",
        "If-Unmodified-Since", "Keep-Alive", "Max-Forwards", "Origin", "Pragma", "Range", "Referer", "Server", "Set-Cookie", "TE",
        "Trailer",
        "Transfer-Encoding", "Upgrade", "User-Agent", "Vary", "Via", "Warning", "WWW-Authenticate", "X-Gateway-Serial", "X-Real-IP",
    };

    private static readonly string[] TakenBeginnings = ["Content-", "Proxy-", "Sec-", "Access-Control-", "X-Forwarded-", "X-Original-"];

    /// <summary>Whether the text is a valid header name.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= LongestName
            && name.All(c => char.IsAsciiLetterOrDigit(c) || Marks.Contains(c, StringComparison.Ordinal));

    /// <summary>Whether the name already has a meaning for HTTP or the portal.</summary>
    public static bool IsTaken(string name) =>
        Taken.Contains(name) || TakenBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the text arrives as it was sent: printable ASCII that neither begins nor ends with a space.</summary>
    public static bool IsValue(string value) =>
        value.Length is >= 1 and <= LongestValue && value.All(c => c is >= ' ' and <= '~') && value[0] != ' ' && value[^1] != ' ';
}
