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

/// <summary>The wall-board: for people at one address, for screens at another, so that nobody sees what the other may; and the hub behind both.</summary>
internal static class WallEndpoints
{
    /// <summary>Where people find it.</summary>
    public const string Path = "/wall";

    public static void MapWall(this WebApplication app)
    {
        app.MapGet(Path, ShowToPerson).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.Look);
        app.MapGet(ScreenAuthentication.Path, ShowToScreen).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(ScreenAuthentication.Scheme);
        app.MapGet($"{ScreenAuthentication.Path}/{{code}}", OpenAsync).ExcludeFromDescription().WithMetadata(new PageMark()).AllowAnonymous();
        app.MapGet(ScreenAuthentication.EndedPath, ShowEnded).ExcludeFromDescription().WithMetadata(new PageMark()).AllowAnonymous();
        app.MapHub<LiveHub>(LiveHub.Path).WithMetadata(new PageMark()).RequireAuthorization(Followers.Policy);
        app.MapHub<LiveHub>(LiveHub.ScreenPath).WithMetadata(new PageMark()).RequireAuthorization(ScreenAuthentication.Scheme);
    }

    private static RazorComponentResult ShowToPerson(HttpContext context, PeopleDirectory people) =>
        Show(context, LiveHub.Path, UnitsOf(people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User))));

    private static RazorComponentResult ShowToScreen(HttpContext context) => Show(context, LiveHub.ScreenPath, Units.Vendor);

    private static RazorComponentResult Show(HttpContext context, string hub, Units units)
    {
        Speak(context);
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<WallPage>(new { Hub = hub, IsScreen = hub == LiveHub.ScreenPath, Units = units, Theme = ThemeOf(context) });
    }

    private static RazorComponentResult ShowEnded(HttpContext context)
    {
        Speak(context);
        return new RazorComponentResult<WallEndedPage>(new { Theme = ThemeOf(context) });
    }

    /// <summary>Takes a link's code for the cookie, so that the address tells it no more.</summary>
    private static async Task<RedirectHttpResult> OpenAsync(HttpContext context, string code, ScreenDirectory screens)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (screens.Find(code) is not { } screen)
        {
            return TypedResults.LocalRedirect($"~{ScreenAuthentication.EndedPath}");
        }

        await context.SignInAsync(ScreenAuthentication.Scheme, ScreenAuthentication.Of(screen), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.LocalRedirect(QueryHelpers.AddQueryString($"~{ScreenAuthentication.Path}", context.Request.Query.Where(p => p.Key is "theme" or "lang")));
    }

    // Not in a task of its own: what follows renders in this language.
    private static void Speak(HttpContext context)
    {
        if (context.Request.Query["lang"].ToString() is var wanted && Languages.Has(wanted))
        {
            Languages.Speak(wanted);
        }
    }

    private static Units UnitsOf(Preferences preferences) => new(preferences.Temperature, preferences.Pressure);

    private static string ThemeOf(HttpContext context) => PageTheme.Of(context.Request.Query["theme"]) is Theme.Light ? PageTheme.Of(Theme.Light) : PageTheme.Of(Theme.Dark);
}
