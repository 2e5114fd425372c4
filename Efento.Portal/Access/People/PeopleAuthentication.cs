using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Efento.Portal.Access;

/// <summary>
/// Signs people in by a cookie that holds nothing but the key of a session: who they are and what they may do is looked up each time, so that
/// what an administrator changes holds at once.
/// </summary>
public static class PeopleAuthentication
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "People";

    /// <summary>Where people sign in.</summary>
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

        // The session in the database ends it, not the cookie.
        cookie.ExpireTimeSpan = TimeSpan.FromDays(365);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = LookUp;
        cookie.Events.OnRedirectToLogin = context => ChallengeAsync(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => ChallengeAsync(context, StatusCodes.Status403Forbidden);
    });

    /// <summary>What the cookie holds.</summary>
    public static ClaimsPrincipal Ticket(string sessionKey) => new(new ClaimsIdentity([new Claim(SessionKey, sessionKey)], Scheme));

    /// <summary>The key of the session somebody is signed in with; null if they are not.</summary>
    public static string? KeyOf(ClaimsPrincipal person) => person.FindFirstValue(SessionKey);

    /// <summary>The account of whoever is signed in; null if they are not.</summary>
    public static int? UserIdOf(ClaimsPrincipal person) =>
        int.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Who the key belongs to now, as claims; nobody if the session is over.</summary>
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

    // A person's browser is led to the sign-in; programs and circuits get the bare answer.
    internal static Task ChallengeAsync(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var wantsPage = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (HttpMethods.IsGet(context.Request.Method) && wantsPage)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else if (context.Request.HasFormContentType && wantsPage && status == StatusCodes.Status401Unauthorized)
        {
            // A form of somebody who is signed out: there is nothing to come back to.
            context.Response.Redirect(SignInPath);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
