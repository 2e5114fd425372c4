using System.Globalization;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>What an HTTP server answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Reason">The words beside it.</param>
/// <param name="Body">The beginning of the body.</param>
internal readonly record struct HttpAnswer(int Status, string Reason, string Body)
{
    /// <summary>The answer as people read it.</summary>
    public string Words => string.IsNullOrWhiteSpace(Body) ? StatusLine : $"{StatusLine}: {Body}";

    private string StatusLine => string.Create(CultureInfo.InvariantCulture, $"{Status} {Reason}").TrimEnd();

    /// <summary>
    /// 2xx is accepted. Other codes that say the request itself is at fault are final, but for 408, 425 and 429, which ask for another try.
    /// Redirects are not followed: they could lead to an address that nobody allowed.
    /// </summary>
    public Verdict Verdict => Status switch
    {
        >= 200 and < 300 => Verdict.Accepted(Words),
        408 or 425 or 429 => Verdict.TryAgain(Words),
        >= 400 and < 500 => Verdict.Refused(Words),
        _ => Verdict.TryAgain(Words),
    };
}
