using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Efento.Portal.Access;

/// <summary>
/// Authenticates users by a cookie that holds only the key of a session. The user and their rights are looked up for each request, so that
/// changes by administrators take effect at once.
/// </summary>
internal static class PeopleAuthentication
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "People";

    /// <summary>The path of the sign-in page.</summary>
    public const string SignInPath = "/sign-in";

    private const string SessionKey = "session";

    /// <summary>Registers the cookie.</summary>
    internal static void Add(IServiceCollection services) => services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
    {
        cookie.Cookie.Name = "efento-portal";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.CookieManager = new SchemeCookies();
        cookie.LoginPath = SignInPath;
        cookie.AccessDeniedPath = "/not-allowed";
        cookie.ReturnUrlParameter = "from";

        // The session in the database decides when it ends, not the cookie.
        cookie.ExpireTimeSpan = TimeSpan.FromDays(365);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = LookUp;
        cookie.Events.OnRedirectToLogin = context => ChallengeAsync(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => ChallengeAsync(context, StatusCodes.Status403Forbidden);
    });

    /// <summary>The content of the cookie.</summary>
    public static ClaimsPrincipal Ticket(string sessionKey) => new(new ClaimsIdentity([new Claim(SessionKey, sessionKey)], Scheme));

    /// <summary>The key of the user's session; null if they are not signed in.</summary>
    public static string? KeyOf(ClaimsPrincipal person) => person.FindFirstValue(SessionKey);

    /// <summary>The account of the signed-in user; null if nobody is signed in.</summary>
    public static int? UserIdOf(ClaimsPrincipal person) =>
        int.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The claims of the key's user; an anonymous identity if the session has ended.</summary>
    public static ClaimsPrincipal Person(string? sessionKey, PeopleDirectory people) =>
        sessionKey is not null && people.Find(sessionKey) is { Person: var person }
            ? new ClaimsPrincipal(new ClaimsIdentity(
                [
                    new Claim(SessionKey, sessionKey),
                    new Claim(ClaimTypes.NameIdentifier, person.UserId.ToString(CultureInfo.InvariantCulture)),
                    new Claim(ClaimTypes.Name, person.Email),
                    new Claim(ClaimTypes.Role, person.Role.ToString()),
                    .. LocationLimit.Claims(person.Locations),
                ],
                Scheme))
            : new ClaimsPrincipal(new ClaimsIdentity());

    private static Task LookUp(CookieValidatePrincipalContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<PeopleDirectory>();
        var person = Person(context.Principal is null ? null : KeyOf(context.Principal), people);
        if (person.Identity is not { IsAuthenticated: true })
        {
            context.RejectPrincipal();
            return Task.CompletedTask;
        }

        context.Principal = person;
        return Task.CompletedTask;
    }

    // A browser that loads a page is redirected to the sign-in. Programs and circuits get the plain status code.
    internal static Task ChallengeAsync(
        Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var wantsPage = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (HttpMethods.IsGet(context.Request.Method) && wantsPage)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else if (context.Request.HasFormContentType && wantsPage && status == StatusCodes.Status401Unauthorized)
        {
            // A form was posted after the session ended: there is no page to return to.
            context.Response.Redirect(SignInPath);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
