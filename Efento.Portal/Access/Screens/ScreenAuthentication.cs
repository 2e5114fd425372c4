using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Efento.Portal.Access.Screens;

/// <summary>
/// Signs screens in by a cookie of their own, which browsers send to the wall-board alone. It names the screen; whether its link still works and what it may
/// show is looked up each time.
/// </summary>
public static class ScreenAuthentication
{
    /// <summary>The scheme's name, and that of the policy for screens.</summary>
    public const string Scheme = "Screen";

    /// <summary>Where the wall-board of screens is, and all the cookie is sent to.</summary>
    public const string Path = "/wall/screen";

    /// <summary>Where a screen is led whose link does not work.</summary>
    public const string EndedPath = "/wall/ended";

    private const string ScreenKey = "screen";

    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "efento-portal-screen";
            cookie.Cookie.Path = Path;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // "__Host-" is for cookies of the whole host.
            cookie.CookieManager = new SchemeCookies("__Secure-");
            cookie.LoginPath = EndedPath;

            // The link in the database ends it. Each request in the second half of the time begins it anew, and a wall-board loads itself once a day.
            cookie.ExpireTimeSpan = TimeSpan.FromDays(365);
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = LookUp;
            cookie.Events.OnRedirectToLogin = context => PeopleAuthentication.ChallengeAsync(context, StatusCodes.Status401Unauthorized);
        });
        services.AddAuthorizationBuilder().AddPolicy(Scheme, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
    }

    /// <summary>The key of the screen that asks; null if it is none.</summary>
    public static int? IdOf(ClaimsPrincipal screen) => int.TryParse(screen.FindFirstValue(ScreenKey), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>A screen as claims; nobody if its link does not work (any more).</summary>
    public static ClaimsPrincipal Of(Screen? screen) => new(screen is null ? new ClaimsIdentity() : new ClaimsIdentity(
        [
            new Claim(ScreenKey, screen.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, screen.Name),
            .. LocationLimit.Claims(screen.Locations),
        ],
        Scheme));

    private static Task LookUp(CookieValidatePrincipalContext context)
    {
        var screens = context.HttpContext.RequestServices.GetRequiredService<ScreenDirectory>();
        var screen = context.Principal is { } asking && IdOf(asking) is { } id ? screens.Find(id) : null;
        if (screen is null)
        {
            context.RejectPrincipal();
            return Task.CompletedTask;
        }

        context.Principal = Of(screen);
        return Task.CompletedTask;
    }
}
