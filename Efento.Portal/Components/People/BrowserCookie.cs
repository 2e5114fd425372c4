using Efento.Portal.Access;

namespace Efento.Portal.Components.People;

/// <summary>The cookie that identifies a browser in which somebody has signed in before. It is sent to the sign-in page only.</summary>
internal sealed class BrowserCookie(KnownBrowsers browsers)
{
    private const string Name = "efento-portal-browser";

    private static readonly SchemeCookies Cookies = new("__Secure-");

    /// <summary>The browser of a request; null if nobody has signed in with it.</summary>
    public KnownBrowser? Of(HttpContext context) => browsers.Read(Cookies.GetRequestCookie(context, Name));

    /// <summary>Notes that an account has signed in with the browser.</summary>
    public void Remember(HttpContext context, KnownBrowser? known, int userId) =>
        Cookies.AppendResponseCookie(context, Name, browsers.Write(known, userId), new CookieOptions
        {
            Path = PeopleAuthentication.SignInPath,
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
}
