using Efento.Portal.Access;
using Efento.Portal.Access.Screens;
using Efento.Portal.Components.Layout;
using Efento.Portal.Measurements;
using Efento.Portal.Streaming;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Components.Pages.Wall;

/// <summary>
/// The wall board. Users and screens have different addresses, so that neither sees what only the other may see. Both pages use the same
/// hub.
/// </summary>
internal static class WallEndpoints
{
    /// <summary>The address for users.</summary>
    public const string Path = "/wall";

    public static void MapWall(this WebApplication app)
    {
        app.MapGet(Path, ShowToPerson).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.View);
        app.MapGet(ScreenAuthentication.Path, ShowToScreen)
            .ExcludeFromDescription()
            .WithMetadata(new PageMark())
            .RequireAuthorization(ScreenAuthentication.Scheme);
        app.MapGet($"{ScreenAuthentication.Path}/{{code}}", OpenAsync)
            .ExcludeFromDescription()
            .WithMetadata(new PageMark())
            .AllowAnonymous();
        app.MapGet(ScreenAuthentication.EndedPath, ShowEnded).ExcludeFromDescription().WithMetadata(new PageMark()).AllowAnonymous();
        app.MapHub<LiveHub>(LiveHub.Path).WithMetadata(new PageMark()).RequireAuthorization(LiveSubscribers.Policy);
        app.MapHub<LiveHub>(LiveHub.ScreenPath).WithMetadata(new PageMark()).RequireAuthorization(ScreenAuthentication.Scheme);
    }

    private static RazorComponentResult ShowToPerson(HttpContext context, PeopleDirectory people) =>
        Show(context, LiveHub.Path, UnitsOf(people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User))));

    private static RazorComponentResult ShowToScreen(HttpContext context) => Show(context, LiveHub.ScreenPath, Units.Vendor);

    private static RazorComponentResult Show(HttpContext context, string hub, Units units)
    {
        UseLanguage(context);
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<WallPage>(
            new { Hub = hub, IsScreen = hub == LiveHub.ScreenPath, Units = units, Theme = ThemeOf(context) });
    }

    private static RazorComponentResult ShowEnded(HttpContext context)
    {
        UseLanguage(context);
        return new RazorComponentResult<WallEndedPage>(new { Theme = ThemeOf(context) });
    }

    /// <summary>Exchanges the code of a link for a cookie, so that the address no longer contains the code.</summary>
    private static async Task<RedirectHttpResult> OpenAsync(HttpContext context, string code, ScreenDirectory screens)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (screens.Find(code) is not { } screen)
        {
            return TypedResults.LocalRedirect($"~{ScreenAuthentication.EndedPath}");
        }

        await context.SignInAsync(
            ScreenAuthentication.Scheme, ScreenAuthentication.Of(screen), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.LocalRedirect(
            QueryHelpers.AddQueryString($"~{ScreenAuthentication.Path}", context.Request.Query.Where(p => p.Key is "theme" or "lang")));
    }

    // Not async: the language must be in effect for the caller, which renders the page.
    private static void UseLanguage(HttpContext context)
    {
        if (context.Request.Query["lang"].ToString() is var wanted && Languages.Has(wanted))
        {
            Languages.Use(wanted);
        }
    }

    private static Units UnitsOf(Preferences preferences) => new(preferences.Temperature, preferences.Pressure);

    private static string ThemeOf(HttpContext context) =>
        PageTheme.Of(context.Request.Query["theme"]) is Theme.Light ? PageTheme.Of(Theme.Light) : PageTheme.Of(Theme.Dark);
}
