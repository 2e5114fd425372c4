using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Efento.Portal.Access.Screens;

/// <summary>
/// Authenticates screens by a cookie of their own, which browsers send to the wall-board only. The cookie names the screen. Whether its
/// link still works, and what it may show, is looked up for each request.
/// </summary>
internal static class ScreenAuthentication
{
    /// <summary>The scheme's name, and that of the policy for screens.</summary>
    public const string Scheme = "Screen";

    /// <summary>The path of the screens' wall-board. The cookie is sent to this path only.</summary>
    public const string Path = "/wall/screen";

    /// <summary>The path to which a screen is redirected if its link does not work.</summary>
    public const string EndedPath = "/wall/ended";

    private const string ScreenKey = "screen", SoundKey = "sound";

    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "efento-portal-screen";
            cookie.Cookie.Path = Path;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // "__Host-" does not allow a path.
            cookie.CookieManager = new SchemeCookies("__Secure-");
            cookie.LoginPath = EndedPath;

            // The link in the database decides when it ends. Each request in the second half of the cookie's lifetime renews it, and a
            // wall-board reloads itself once a day.
            cookie.ExpireTimeSpan = TimeSpan.FromDays(365);
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = LookUp;
            cookie.Events.OnRedirectToLogin = context => PeopleAuthentication.ChallengeAsync(context, StatusCodes.Status401Unauthorized);
        });
        services.AddAuthorizationBuilder().AddPolicy(Scheme, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
    }

    /// <summary>The key of the calling screen; null if the caller is not a screen.</summary>
    public static int? IdOf(ClaimsPrincipal screen) =>
        int.TryParse(screen.FindFirstValue(ScreenKey), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Whether the caller is a screen that sounds when a critical alarm begins.</summary>
    public static bool HasSound(ClaimsPrincipal screen) => screen.HasClaim(claim => claim.Type == SoundKey);

    /// <summary>The claims of a screen; an anonymous identity if its link does not or no longer work.</summary>
    public static ClaimsPrincipal Of(Screen? screen) => new(screen is null ? new ClaimsIdentity() : new ClaimsIdentity(
        [
            new Claim(ScreenKey, screen.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, screen.Name),
            .. LocationLimit.Claims(screen.Locations),
            .. screen.HasSound ? [new Claim(SoundKey, "")] : Array.Empty<Claim>(),
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
