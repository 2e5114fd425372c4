using System.Globalization;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>What an HTTP server answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Reason">The words beside it.</param>
/// <param name="Body">The beginning of the body.</param>
/// <param name="RetryAfter">How long it asks to be left alone; null if it does not.</param>
internal readonly record struct HttpAnswer(int Status, string Reason, string Body, TimeSpan? RetryAfter = null)
{
    /// <summary>The answer as people read it.</summary>
    public string Words => string.IsNullOrWhiteSpace(Body) ? StatusLine : $"{StatusLine}: {Body}";

    private Verdict Again => Verdict.TryAgain(Words) with { RetryAfter = RetryAfter };

    private string StatusLine => string.Create(CultureInfo.InvariantCulture, $"{Status} {Reason}").TrimEnd();

    /// <summary>
    /// 2xx is accepted. Codes that say the message is at fault are final. 401, 403 and 404 are the channel's fault: somebody corrects it
    /// some day. 408, 425 and 429 ask for another try. Redirects are not followed: they could lead to an address that nobody allowed.
    /// </summary>
    public Verdict Verdict => Status switch
    {
        >= 200 and < 300 => Verdict.Accepted(Words),
        401 or 403 or 404 or 408 or 425 or 429 => Again,
        >= 400 and < 500 => Verdict.Refused(Words),
        _ => Again,
    };
}
